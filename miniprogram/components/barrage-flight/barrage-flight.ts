import { reaction } from 'mobx-miniprogram'
import type { ChatLine } from '../../stores/room/chat'
import { CanvasLoop, sizedCanvas } from '../shared/canvas-loop'
import { type RoomContext, roomPart } from '../shared/room-part'
import { Sky } from './sky'

/** Whether lines fly is the user's choice, and stays it. */
const KEY = 'barrage.flying'
const isChoice = (value: unknown): value is boolean => typeof value === 'boolean'

const flyingOf = (lines: readonly ChatLine[]) =>
  lines.flatMap((line) => (line.kind === 'barrage' && !line.failed ? [{ text: line.text, mine: line.mine }] : []))

function begin(instance: unknown, { room, ui, kit }: RoomContext): () => void {
  const sky = new Sky()
  const loop = new CanvasLoop(
    instance,
    '.sky',
    (surface, now) => ui.flying && sky.draw(surface, now),
    () => sky.clear(),
  )
  ui.fly(kit.device.storage.get(KEY, isChoice) ?? true)
  const chosen = reaction(
    () => ui.flying,
    (flying) => {
      kit.device.storage.set(KEY, flying)
      sky.clear()
    },
  )
  // What was said before one came does not fly.
  let late = false
  const end = room.chat.onBatch((lines, past) => {
    if (!late || past || !ui.flying) return
    sky.add(flyingOf(lines))
    loop.start()
  })
  late = true
  return () => {
    chosen()
    end()
    loop.end()
  }
}

/** Barrage that flies over the picture, on a canvas of its own. It takes no taps and is not read aloud: the list is. */
Component({
  behaviors: [sizedCanvas, roomPart(({ ui }) => ({ flying: () => ui.flying }), begin)],
  data: { flying: true },
})
