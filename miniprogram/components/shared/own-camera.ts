import type { Publisher } from '../../stores/media/publisher'
import { contextOf, type RoomContext } from './room-part'

/** One's own camera in this room; null for somebody who only watches. */
export const cameraOf = ({ room }: RoomContext): Publisher | null => room.stage.camera

/** Does something with one's own camera, if there is one. */
export function onCamera(part: unknown, act: (camera: Publisher) => void): void {
  const camera = cameraOf(contextOf(part))
  if (camera) act(camera)
}
