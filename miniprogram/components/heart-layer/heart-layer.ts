import type { LiveRoom } from '../../stores/live-room/live-room'
import { CanvasLoop, sizedCanvas } from '../shared/canvas-loop'
import { type RoomContext, roomPart } from '../shared/room-part'
import { Hearts } from './hearts'

function begin(instance: unknown, { room, kit }: RoomContext<LiveRoom>): () => void {
  const hearts = new Hearts(() => kit.clock.random())
  const loop = new CanvasLoop(
    instance,
    '.sky',
    (surface, now) => hearts.draw(surface, now),
    () => hearts.clear(),
  )
  const end = room.likes.onHearts((count) => {
    hearts.add(count)
    loop.start()
  })
  return () => {
    end()
    loop.end()
  }
}

/** Hearts that float up, one's own and the others', on a canvas of their own. It takes no taps. */
Component({
  behaviors: [sizedCanvas, roomPart<LiveRoom>(() => ({}), begin)],
})
