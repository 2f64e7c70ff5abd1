import { text } from '../../locales/index'
import { type RoomContext, roomPart } from '../shared/room-part'
import { type Banner, GiftQueue, giftOf } from './gifts'

/** Updates are no nearer to each other than this, ms. */
const RHYTHM_MS = 250

interface DrawnBanner {
  id: string
  kind: string
  name: string
  words: string
  count: number
}
type Drawer = { setData(data: { banners: DrawnBanner[] }): void }

function begin(instance: unknown, { room, ui, kit: { clock } }: RoomContext): () => void {
  const queue = new GiftQueue()
  let drawn: readonly Banner[] = queue.shown
  let drawnAt = Number.NEGATIVE_INFINITY
  let cancel = () => {}
  let planned = Number.POSITIVE_INFINITY
  const plan = (ms: number): void => {
    const at = clock.now() + ms
    if (at >= planned) return
    cancel()
    planned = at
    cancel = clock.after(ms, turn)
  }
  const worded = ({ id, kind, name, count }: Banner): DrawnBanner => {
    return {
      id,
      kind,
      name: name || text(ui.lang, 'person.unnamed'),
      words: text(ui.lang, `gift.given.${kind}`),
      count,
    }
  }
  function turn(): void {
    planned = Number.POSITIVE_INFINITY
    const now = clock.now()
    const next = queue.turn(now)
    if (next > 0) plan(Math.max(next, RHYTHM_MS))
    if (queue.shown === drawn || (queue.shown.length === 0 && drawn.length === 0)) return
    drawn = queue.shown
    drawnAt = now
    ;(instance as Drawer).setData({ banners: drawn.map(worded) })
  }
  const end = room.chat.onCustom((message) => {
    const gift = giftOf(message)
    if (!gift) return
    queue.add(message, gift, clock.now())
    plan(Math.max(0, drawnAt + RHYTHM_MS - clock.now()))
  })
  return () => {
    end()
    cancel()
  }
}

/** Who gives what, in banners over the stage; gifts are free and say no more than "bravo". It takes no taps. */
Component({
  behaviors: [roomPart(() => ({}), begin)],
  data: { banners: [] as DrawnBanner[] },
})
