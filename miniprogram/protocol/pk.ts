import type { PlayUrls } from './actions'
import type { RoomView } from './room'

/** PK: two live shows side by side, with the likes of that time as scores. All by an anchor, for his own room. */
export interface PkActions {
  /** Asks the other show's anchor. One PK, or one question, per room at a time: else `full`; `stale` when it is not on. */
  'pk.invite': { input: { roomId: string; rivalRoomId: string; durationS: number }; output: { room: RoomView } }
  /** `stale` when the question is over. */
  'pk.accept': { input: { roomId: string; pkId: string }; output: { room: RoomView } }
  /** No; or, by whoever asked, the question taken back. Safe to repeat. */
  'pk.refuse': { input: { roomId: string; pkId: string }; output: { room: RoomView } }
  /** Either side ends it. Safe to repeat. */
  'pk.end': { input: { roomId: string; pkId: string }; output: { room: RoomView } }
  /** Where the anchor sees his rival; null while there is none, or his picture is off. */
  'pk.play': { input: { roomId: string }; output: { rival: PlayUrls | null } }
}
