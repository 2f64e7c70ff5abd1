import type { ChatLineDoc, MemberDoc, RoomDoc, SanctionDoc, UserDoc } from '../documents'

/** Somebody in a room, with the name by which others know him. */
export type Somebody = Pick<SanctionDoc, 'roomId' | 'userId' | 'name'>

/** What the rules of sanctions, admins and the last lines of the chat ask of the database, each call one guarded change (see `RoomBase`). */
export interface OrderStore {
  /** What holds this person back in this room, or null. A mute counts while `mutedUntil` is in the future. */
  sanction(roomId: string, userId: string): Promise<SanctionDoc | null>
  /** Muted until then (ms); a moment that is over lifts it. Leaves a ban as it is. */
  setMute(who: Somebody, mutedUntil: number): Promise<SanctionDoc>
  /** Leaves a mute as it is. */
  setBan(who: Somebody, banned: boolean): Promise<SanctionDoc>
  /** Sanctions that hold at `now`. */
  sanctions(roomId: string, now: number, limit: number): Promise<SanctionDoc[]>

  /** While `by` is in charge, the room is open, and it is not so already. */
  setMuteAll(roomId: string, by: string, on: boolean): Promise<RoomDoc | null>
  /** While the room is open, fewer than `max` are named, and he is not among them. */
  addAdmin(roomId: string, anchorId: string, userId: string, max: number): Promise<RoomDoc | null>
  /** While the room is open and he is one. */
  dropAdmin(roomId: string, anchorId: string, userId: string): Promise<RoomDoc | null>

  /** Who is in the room, by user id from `after` on. */
  present(roomId: string, after: string, limit: number): Promise<MemberDoc[]>
  /** Those of the people who have chosen a name. */
  people(userIds: string[]): Promise<UserDoc[]>

  /** Counts a use of `key`: true for `max` of them in `windowMs`, in one round trip unless it is the first or one too many. */
  countUse(key: string, now: number, windowMs: number, max: number): Promise<boolean>
  /** Keeps a line once, in the order of time, and of all only the last `max`. False: it is there, or none has been kept. */
  addLine(roomId: string, line: ChatLineDoc, max: number): Promise<boolean>
  /** The first line that is kept of a room. False: somebody was faster. */
  addFirstLine(roomId: string, line: ChatLineDoc): Promise<boolean>
  /** Oldest first. */
  lines(roomId: string): Promise<ChatLineDoc[]>

  /** Nothing of the order of a room that is over stays. */
  removeOrder(roomId: string): Promise<void>
}
