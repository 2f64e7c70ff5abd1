import type { RoomReason } from '../../protocol/room'
import type { LiveRoomEvents } from '../live-room/events'

/** Events that a call has in common with a show, with the same details. */
type Common = Pick<
  LiveRoomEvents,
  | 'ready'
  | 'created'
  | 'rendererror'
  | 'room'
  | 'state'
  | 'people'
  | 'text'
  | 'custom'
  | 'error'
  | 'snapshot'
  | 'report'
  | 'exit'
>

/** Events of `<rtc-room>` and their `detail`. Every one carries the room id once there is one (M105). */
export interface RtcRoomEvents extends Common {
  /** This user has hung up; for the others the call goes on. */
  left: { roomId: string }
  /** The call is over for everybody. `reason` is null when nobody told why. Not fired after a fatal `error`. */
  ended: { roomId: string; reason: RoomReason | null; durationMs: number }
}
