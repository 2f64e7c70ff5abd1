import type { RoomDoc } from '../documents'

/** A login of a terminal. `_id` is the hash of its token; the token itself is stored nowhere. */
export interface SessionDoc {
  _id: string
  /** Public id, as core knows the person. */
  userId: string
  /** User id of the old system: the person's account with the chat service. */
  account: string
  /** A terminal of the second generation: its codes and shapes. */
  second: boolean
  at: number
  expiresAt: number
  /** The live room that this terminal watches, or ''. */
  watching: string
}

/** What the old protocol knows of a person and core does not. */
export interface AccountDoc {
  /** Public id. */
  _id: string
  account: string
  /** '' until the terminal has said it. */
  name: string
  avatar: string
  /** Text that the terminal wants shown in the list of the audience. */
  info: string
  at: number
}

/** What the old protocol knows of a room and core does not. */
export interface RoomExtrasDoc {
  _id: string
  /** `roomInfo` as it was given; the room's title is the readable part of it. */
  roomInfo: string
  /** Its creator has said that he pushes: from then on others see the room. */
  opened: boolean
  /** Public ids that the creator has put off the stage; the server gives them no seat here any more. */
  kicked: string[]
  custom: Record<string, string | number>
  /** How many custom fields there are: guards the bound. */
  fields: number
  /** When the sweeper last saw that the room still exists. */
  at: number
}

/** What the adapter of the old protocol asks of the database, each change one guarded update (see `RoomBase`). */
export interface RoomServiceStore {
  addSession(session: SessionDoc): Promise<void>
  /** Null when there is none, or it is over at `now`. */
  session(id: string, now: number): Promise<SessionDoc | null>
  /** Safe to repeat. */
  removeSession(id: string): Promise<void>
  /** Keeps the `keep` latest sessions of this person. */
  trimSessions(userId: string, keep: number): Promise<void>
  watch(id: string, roomId: string): Promise<void>

  accounts(userIds: readonly string[]): Promise<AccountDoc[]>
  /** Writes what is given, and the account where it is new. */
  remember(
    userId: string,
    account: string,
    change: Partial<Pick<AccountDoc, 'name' | 'avatar' | 'info'>>,
    now: number,
  ): Promise<void>

  extras(roomIds: readonly string[]): Promise<RoomExtrasDoc[]>
  /** Writes what is given; the document is made where there is none. */
  describe(
    roomId: string,
    change: Partial<Pick<RoomExtrasDoc, 'roomInfo' | 'opened'>>,
    now: number,
  ): Promise<RoomExtrasDoc>
  putOffStage(roomId: string, userId: string, now: number): Promise<void>
  /** Null when there is no place for another field. */
  setField(
    roomId: string,
    name: string,
    value: string | number,
    max: number,
    now: number,
  ): Promise<RoomExtrasDoc | null>
  /** Adds to a number, or to nothing; null when the field holds a text, or there is no place for another field. */
  addToField(roomId: string, name: string, by: number, max: number, now: number): Promise<RoomExtrasDoc | null>

  /** In no particular order. */
  roomsById(roomIds: readonly string[]): Promise<RoomDoc[]>

  /** Extras that nobody has looked at since `before`. */
  oldExtras(before: number, limit: number): Promise<RoomExtrasDoc[]>
  keepExtras(roomId: string, now: number): Promise<void>
  removeExtras(roomId: string): Promise<void>
  /** Sessions that are over at `now`, and accounts that have not logged in since `before`. */
  removeOldLogins(now: number, before: number): Promise<void>
}
