import type { LinkTicket } from '../../../protocol/link'
import type { User } from '../../../protocol/room'
import type { RoomFault } from '../fault'

/** Somebody waits for the anchor's word, or was invited by him. */
export interface Waiting {
  readonly link: LinkTicket
  /** Local time (ms) at which it is over. */
  readonly endsAt: number
  /** An answer is under way. */
  readonly busy: boolean
}

/** The stage in the hands of the anchor and the admins. Actions never reject. Observable: all fields. */
export interface StageDesk {
  /** This user may decide here. */
  readonly mine: boolean
  /** Longest first. */
  readonly requests: readonly Waiting[]
  readonly invitations: readonly Waiting[]
  readonly freeSeats: number
  readonly problem: RoomFault | null
  accept(linkId: string): Promise<void>
  reject(linkId: string, reason?: string): Promise<void>
  invite(user: User): Promise<void>
  /** Takes an invitation back. */
  uninvite(linkId: string): Promise<void>
  kick(userId: string): Promise<void>
  quiet(seat: number, off: { mic: boolean; camera: boolean }): Promise<void>
  lock(seat: number, locked: boolean): Promise<void>
  forget(): void
}
