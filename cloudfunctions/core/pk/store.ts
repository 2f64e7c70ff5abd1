import type { PkDoc, RoomDoc, RoomPk } from '../documents'

/**
 * What the rules of PKs ask of the database, each call one guarded change (see `RoomBase`). The PK document is the truth:
 * `asked -> on -> over`, or `asked -> over`; the `pk` of both rooms follows it.
 */
export interface PkStore {
  insertPk(pk: PkDoc): Promise<boolean>
  pk(pkId: string): Promise<PkDoc | null>
  /** asked -> on, unless the question is over at `now`. */
  beginPk(pkId: string, now: number, endsAt: number): Promise<PkDoc | null>
  /** asked or on -> over, from one of these states; `dueBy`: only if it should have ended by then. */
  endPk(pkId: string, from: readonly PkDoc['state'][], now: number, dueBy?: number): Promise<PkDoc | null>
  /** When the sweeper looks again (0: never), unless something has changed since. */
  lookAtPk(seen: PkDoc, sweepAt: number): Promise<void>
  pksDue(now: number, limit: number): Promise<PkDoc[]>
  removeOldPks(before: number): Promise<void>

  /** Nothing -> this side of a PK, while live. */
  claimPk(roomId: string, pk: RoomPk): Promise<RoomDoc | null>
  /** Asked -> on, in the room. */
  raisePk(roomId: string, pkId: string, on: Partial<RoomPk>): Promise<RoomDoc | null>
  /** The rival's stream has changed, or its picture is off (''). */
  setRivalStream(roomId: string, pkId: string, stream: string): Promise<RoomDoc | null>
  /** Never lowers it. */
  setRivalScore(roomId: string, pkId: string, score: number): Promise<RoomDoc | null>
  clearPk(roomId: string, pkId: string): Promise<RoomDoc | null>
}
