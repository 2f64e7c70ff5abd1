import type { MemberMessage, PersonalMessage } from '../../protocol/messages'
import type { RoomCounts, RoomView } from '../../protocol/room'
import type { Scope } from '../scope'
import type { Admission } from './side'
import type { Truth, Visit } from './visit'

/** Where a part is: the visit, and the lifetime that ends with it. */
export interface Attended {
  readonly visit: Visit
  /** Ends when we are out of the room, for whichever reason: the one place for what a part has to take back. */
  readonly scope: Scope
}

/** A part of a room that has something of its own to do while we are in it: link-mic, PK, the people. */
export interface RoomPart {
  /** We are in. */
  entered?(attended: Attended, admission: Admission): void
  /** A newer room is known; `before` is what was known until now. */
  changed?(room: RoomView, before: RoomView): void
  /** The server says something to this user alone. It is a hint: `answered` and `changed` bring the truth. */
  told?(message: PersonalMessage): void
  /** Somebody in the group says something; the sender may be this user on another device. */
  said?(from: string, message: MemberMessage): void
  /** The counts as the server knows them now. */
  counted?(counts: RoomCounts): void
  /** The answer to a question for the truth, after `changed`. */
  answered?(truth: Truth): void
  /** The page is hidden, or shown again. */
  hide?(): void
  show?(): void
}
