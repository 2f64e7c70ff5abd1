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

/**
 * ErrorCodes with which the `im-callback` door refuses what a member writes, and the chat service tells him; Tencent leaves
 * 10100 to 10200 to applications.
 */
export const CHAT_REFUSALS = {
  /** The anchor or an admin has muted the sender. */
  muted: 10100,
  /** Only the anchor and the admins may write at the moment. */
  'muted-all': 10101,
  /** The sender is banned, from this room or from all. */
  banned: 10102,
  /** The show has ended, or there never was one. */
  'room-closed': 10103,
  /** Too many lines in a short time. */
  'rate-limited': 10104,
  /** The text does not pass the check. */
  'text-refused': 10105,
  /** Not a barrage line or likes as the protocol has them. */
  misshapen: 10106,
  /** The line could not be checked, and the operator wants only checked ones. Worth a retry. */
  unavailable: 10107,
} as const
export type ChatRefusal = keyof typeof CHAT_REFUSALS

/** Order in a room: for its anchor and those whom he names. Nobody can act against the anchor, nor one admin another. */
export interface OrderActions {
  /** `seconds` 0 lifts it. */
  'order.mute': { input: { roomId: string; userId: string; seconds: number }; output: { sanction: Sanction } }
  /** Only the anchor and the admins may write. */
  'order.muteAll': { input: { roomId: string; on: boolean }; output: { room: RoomView } }
  /** May not come in again, and leaves at once, also from the stage; `on: false` lifts it. Ends an admin's office. */
  'order.ban': { input: { roomId: string; userId: string; on: boolean }; output: { sanction: Sanction } }
  /** Leaves the room and the stage, and may come again. */
  'order.remove': { input: { roomId: string; userId: string }; output: { removed: boolean } }
  /** Only the anchor: names an admin (`full` when there are LIMITS.adminsMax, `banned` while he is), or takes that back. */
  'order.admin': { input: { roomId: string; userId: string; on: boolean }; output: { room: RoomView } }
  /** Everybody who is muted or banned here, at most 500. */
  'order.list': { input: { roomId: string }; output: { sanctions: Sanction[] } }
  /** Who watches, in no particular order. `cursor` as in `list`. */
  members: {
    input: { roomId: string; cursor?: string; limit?: number }
    output: { members: User[]; nextCursor: string | null }
  }
  /** The last lines of the chat, oldest first, at most LIMITS.historyMax. */
  history: { input: { roomId: string }; output: { lines: HistoryLine[] } }
}
