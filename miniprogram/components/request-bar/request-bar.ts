import { reaction } from 'mobx-miniprogram'
import { text } from '../../locales/index'
import type { LiveRoom } from '../../stores/live-room/live-room'
import { nameOf } from '../shared/person'
import { contextOf, type RoomContext, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'

/** How long (ms) a new request is announced. */
const SAID_MS = 8000

/** On his own way to the stage an admin is told of nothing else. */
const onHisWay = ({ room: { link } }: RoomContext<LiveRoom>): boolean =>
  link !== null && (link.problem !== null || !['off', 'on'].includes(link.state.phase))

function wordsOf(context: RoomContext<LiveRoom>): { heading: string; advice: string } {
  const { room, ui } = context
  const { requests, freeSeats } = room.desk
  const newest = requests[requests.length - 1]
  if (!newest || ui.sheet !== null || onHisWay(context)) return { heading: '', advice: '' }
  const name = nameOf(ui.lang, newest.link.user)
  const n = requests.length
  return {
    heading: n === 1 ? text(ui.lang, 'desk.news', { name }) : text(ui.lang, 'desk.news.more', { name, n }),
    advice: text(ui.lang, freeSeats > 0 ? 'desk.news.advice' : 'desk.full'),
  }
}

/** Calls `announce` whenever somebody asks who did not before. */
function watch({ room, kit }: RoomContext<LiveRoom>, announce: (news: boolean) => void): () => void {
  let known: ReadonlySet<string> = new Set()
  let cancel = () => {}
  const ignore = reaction(
    () => room.desk.requests.map(({ link }) => link.linkId),
    (ids) => {
      const news = ids.some((id) => !known.has(id))
      known = new Set(ids)
      if (!news) return
      kit.device.vibrate()
      announce(true)
      cancel()
      cancel = kit.clock.after(SAID_MS, () => announce(false))
    },
    { fireImmediately: true },
  )
  return () => {
    ignore()
    cancel()
  }
}

/** Tells those who decide that somebody asks to come on stage: for a while, in nobody's way. */
Component({
  behaviors: [
    texts({ close: 'common.close', look: 'desk.look' }),
    roomPart<LiveRoom>(
      (context) => ({
        heading: () => wordsOf(context).heading,
        advice: () => wordsOf(context).advice,
      }),
      (instance, context) => {
        const part = instance as { setData(data: { news: boolean }): void }
        return watch(context, (news) => part.setData({ news }))
      },
    ),
  ],
  data: { heading: '', advice: '', news: false },
  methods: {
    look() {
      this.hush()
      contextOf<LiveRoom>(this).ui.open('desk')
    },
    hush() {
      this.setData({ news: false })
    },
  },
})
