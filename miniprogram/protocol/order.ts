import type { RoomView, User } from './room'

/** What keeps a person from writing or from coming in. */
export interface Sanction {
  user: User
  banned: boolean
  /** Time left (ms); 0: not muted. */
  mutedForMs: number
}

/** One line of the chat, as it was said. */
export interface HistoryLine {
  /** Who said it. */
  userId: string
  name: string
  text: string
  /** Server time, ms. */
  at: number
}

/** Order in a room: for its anchor and those whom he names. Nobody can act against the anchor, nor one admin another. */
export interface OrderActions {
  /** `seconds` 0 lifts it. */
  'order.mute': { input: { roomId: string; userId: string; seconds: number }; output: { sanction: Sanction } }
  /** Only the anchor and the admins may write. */
  'order.muteAll': { input: { roomId: string; on: boolean }; output: { room: RoomView } }
  /** May not come in again, and leaves at once; `on: false` lifts it. */
  'order.ban': { input: { roomId: string; userId: string; on: boolean }; output: { sanction: Sanction } }
  /** Leaves the room, and may come again. */
  'order.remove': { input: { roomId: string; userId: string }; output: { removed: boolean } }
  /** Only the anchor: names an admin, or takes that back. */
  'order.admin': { input: { roomId: string; userId: string; on: boolean }; output: { room: RoomView } }
  /** Everybody who is muted or banned here. */
  'order.list': { input: { roomId: string }; output: { sanctions: Sanction[] } }
  /** Who watches, in no particular order. `cursor` as in `list`. */
  members: {
    input: { roomId: string; cursor?: string; limit?: number }
    output: { members: User[]; nextCursor: string | null }
  }
  /** The last lines of the chat, oldest first. */
  history: { input: { roomId: string }; output: { lines: HistoryLine[] } }
}
