import type { LinkTicket } from './link'
import type { RingNews } from './ring'
import type { RoomCounts, RoomView, ShowSummary } from './room'

/**
 * Custom messages in a room's chat group (the group id is the room id). All of them are hints: losing one must not
 * matter. `SystemMessage` counts only when the messenger marks it as sent by the server.
 */
export type SystemMessage =
  /** The structure changed. `summary` comes with `state: 'closed'`. */
  { type: 'room'; room: RoomView; summary?: ShowSummary } | { type: 'counts'; roomId: string; counts: RoomCounts }

/** What the server tells one person only. Hints as well: `beat`, `sync`, `seat.beat` and `link.list` hold the truth. */
export type PersonalMessage =
  /** To the anchor and the admins: somebody asks for a seat. To a viewer: he is invited. */
  | { type: 'link'; roomId: string; link: LinkTicket }
  /**
   * To whoever asked or invited: what came of it; `cancelled` to the other side. `seat` comes with `accepted`. Who else
   * decides here is told of `rejected` and `cancelled`; whom somebody has accepted he finds on his seat.
   */
  | {
      type: 'link-answer'
      roomId: string
      linkId: string
      answer: 'accepted' | 'rejected' | 'cancelled' | 'expired'
      seat?: number
      reason?: string
    }
  /** The seat is gone, or what its holder may use has changed. */
  | { type: 'seat'; roomId: string; what: 'kicked' | 'quieted' }
  /** Muted (`seconds` 0: no more), removed or banned by those who keep order. */
  | { type: 'order'; roomId: string; what: 'muted' | 'removed' | 'banned'; seconds?: number }
  /** To an anchor: what the other side did, or time. The room holds the truth. */
  | { type: 'pk'; roomId: string; pkId: string; what: PkNews }
  /** To whoever is rung, and to the caller. `call.status` holds the truth. */
  | { type: 'ring'; roomId: string; ringId: string; what: RingNews }

/** `cancelled`: the question was taken back; `expired`: nobody answered it. */
export type PkNews = 'asked' | 'accepted' | 'refused' | 'cancelled' | 'expired' | 'ended'

/** Sent by people; the sender is the one on the envelope, never a field in here. */
export type MemberMessage =
  /** `id` is the sender's own, to recognise a repeat. `name` is the display name to draw. `to`: an answer to this person. */
  | { type: 'barrage'; id: string; text: string; name: string; to?: { userId: string; name: string } }
  /** `n` hearts to draw; the total comes from the server. */
  | { type: 'like'; n: number }
  /** Somebody has come in. Dropped first when there is much to say. */
  | { type: 'joined'; name: string }
  /** What a mini program of one's own sends: a gift, a vote. `data` is JSON of at most LIMITS.customBytes. */
  | { type: 'custom'; id: string; tag: string; data: unknown; name: string }

export type RoomMessage = SystemMessage | MemberMessage
