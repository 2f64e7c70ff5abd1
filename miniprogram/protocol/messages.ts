import type { RoomCounts, RoomView, ShowSummary } from './room'

/**
 * Custom messages in a room's chat group (the group id is the room id). All of them are hints: losing one must not
 * matter. `SystemMessage` counts only when the messenger marks it as sent by the server.
 */
export type SystemMessage =
  /** The structure changed. `summary` comes with `state: 'closed'`. */
  { type: 'room'; room: RoomView; summary?: ShowSummary } | { type: 'counts'; roomId: string; counts: RoomCounts }

/** Sent by people; the sender is the one on the envelope, never a field in here. */
export type MemberMessage =
  /** `id` is the sender's own, to recognise a repeat. `name` is the display name to draw. */
  | { type: 'barrage'; id: string; text: string; name: string }
  /** `n` hearts to draw; the total comes from the server. */
  | { type: 'like'; n: number }

export type RoomMessage = SystemMessage | MemberMessage
