import type { RoomState } from '../../../miniprogram/protocol/room'
import type { AuditDoc, ForbiddenRoom, RoomDoc, UserDoc } from '../documents'

/** Where a room stands among all: by its creation, then by its id. */
export interface RoomPlace {
  createdAt: number
  roomId: string
}

/** What an operator's actions ask of the database, each call one guarded change (see `RoomBase`). */
export interface AdminStore {
  /** All rooms, or those in one state, behind this place; newest first. */
  allRooms(state: RoomState | null, behind: RoomPlace | null, limit: number): Promise<RoomDoc[]>
  closeByOperator(roomId: string, now: number, tidyAt: number): Promise<RoomDoc | null>
  /** Null lifts it. */
  setForbidden(roomId: string, forbidden: ForbiddenRoom | null): Promise<RoomDoc | null>
  /** closed -> idle, as it was `seen`, cleared up and not closed before `closedAfter`; with an empty stage. */
  reopen(
    seen: RoomDoc,
    next: Pick<RoomDoc, 'stream' | 'closesAt' | 'leaseUntil' | 'seats'>,
    closedAfter: number,
  ): Promise<RoomDoc | null>
  /** Out of every room, or no more; the person need not be known yet. */
  setBanned(userId: string, banned: boolean): Promise<UserDoc>
  /** Open rooms in which this person holds a seat. */
  onStageOf(userId: string, limit: number): Promise<RoomDoc[]>

  beginAudit(entry: AuditDoc): Promise<void>
  endAudit(auditId: string, result: string): Promise<void>
  /** Entries before this one, newest first. */
  audited(before: string | null, limit: number): Promise<AuditDoc[]>
}
