import type { RoomKind } from '../../../miniprogram/protocol/room'
import { publicUserId } from '../ids'
import type { Chat, Deps, RoomStore } from '../ports'
import type { RoomActions } from '../service'
import type { RoomServiceStore, SessionDoc } from './store'

/** What the adapter works with: the actions change rooms; of the store it uses its own part, and reads rooms. */
export interface Parts {
  actions: RoomActions
  store: RoomServiceStore & Pick<RoomStore, 'room' | 'user'>
  chat: Pick<Chat, 'pushersChanged'>
  config: Deps['config']
  /** The administrator's account with the chat service: nobody logs in as that. */
  admin: string
  now: Deps['now']
  randomBytes: Deps['randomBytes']
  log: Deps['log']
}

/** A terminal that has logged in. */
export interface Terminal extends Pick<SessionDoc, 'userId' | 'account' | 'watching'> {
  /** Id of its session. */
  session: string
  /** Of the second generation. */
  second: boolean
}

/**
 * Accounts have a name space of their own among the persons of this house, so that nobody becomes another one by the name of
 * his account.
 */
export const userIdOfAccount = (secret: string, account: string): string => publicUserId(secret, `rs:${account}`)

/** The person, for core; rooms that he opens are told about in the old protocol's words too. */
export const callerOf = ({ userId }: Pick<Terminal, 'userId'>) => ({ userId, legacy: true }) as const

/** The four types of rooms. */
export type RoomType = 'live_room' | 'double_room' | 'multi_room' | 'rtc_room'

/** The one source of what each type means in core: kind, and how many push at once, the creator included (M55). */
export const ROOM_TYPES: Readonly<Record<RoomType, { kind: 'live' | 'call'; pushers: number }>> = {
  live_room: { kind: 'live', pushers: 4 },
  double_room: { kind: 'call', pushers: 2 },
  multi_room: { kind: 'call', pushers: 4 },
  rtc_room: { kind: 'call', pushers: 4 },
}

/** Live rooms are of one type; calls of two are one type as well, and all others the other ones. */
export function isOfType(type: RoomType, { kind, seats }: { kind: RoomKind; seats: number }): boolean {
  const wanted = ROOM_TYPES[type]
  if ((kind === 'call') !== (wanted.kind === 'call')) return false
  return kind !== 'call' || (seats === 2) === (wanted.pushers === 2)
}
