import type { RoomSummary } from '../../protocol/room'
import { useKit } from '../../stores/kit'

/**
 * For list pages that were written against `liveroom.js` of 2018 and 2020: `login`, `logout`, `getRoomList`,
 * `getAccountInfo`, with the shapes of that time. Whatever happens in a room is done by `<live-room>`; the functions that did
 * it by hand refuse, and say so. A mini program without such a page leaves this folder out.
 */

export interface Failure {
  errCode: number
  errMsg: string
}

/** Where an answer goes. */
export interface Callbacks<T> {
  success?: (result: T) => void
  fail?: (failure: Failure) => void
}

export interface Account {
  userID: string
  userName: string
  /** Nobody has one here. */
  userAvatar: string
}

export interface LoginOptions extends Callbacks<Account> {
  userInfo?: { userName?: string; nickName?: string }
  [older: string]: unknown
}

/** A room of the list. Addresses are never in a list (M8): `<live-room>` gets those it plays by itself. */
export interface ListedRoom {
  roomID: string
  /** Its title. */
  roomInfo: string
  roomName: string
  roomCreator: string
  mixedPlayURL: ''
  /** Whoever is on stage and pushing, the anchor first. */
  pushers: (Account & { accelerateURL: '' })[]
  audienceCount: number
  /** JSON text. */
  custom: '{}'
}

const BAD_ARGUMENTS = -9
const NOT_REACHED = -1
/** Rooms in one answer; `cnt` may ask for fewer (M54). */
const MOST = 50

const failureOf = (error: unknown): Failure => ({
  errCode: NOT_REACHED,
  errMsg: error instanceof Error ? error.message : String(error),
})

/** Gives the outcome of `work` to the callbacks; what these throw is theirs. */
function answer<T>(work: Promise<T>, { success, fail }: Callbacks<T>): void {
  work.then(
    (result) => success?.(result),
    (error) => fail?.(failureOf(error)),
  )
}

/** Who is using the app, as far as it is known. */
export function getAccountInfo(): Account {
  const { me } = useKit().session
  return { userID: me?.userId ?? '', userName: me?.name ?? '', userAvatar: '' }
}

/**
 * Asks who this is. `userInfo` names somebody who has no name yet; `serverDomain` and credentials of that time are not
 * needed, and not looked at: the platform vouches for the user.
 */
export function login(options: LoginOptions = {}): void {
  answer(
    (async () => {
      const { session } = useKit()
      const { name } = await session.login()
      const wanted = options.userInfo?.userName ?? options.userInfo?.nickName
      // A name that is refused keeps nobody out.
      if (name === '' && wanted) await session.profile(wanted).catch(() => {})
      return getAccountInfo()
    })(),
    options,
  )
}

/** There is nothing to be logged out of: always succeeds (M33). */
export function logout(options: Callbacks<undefined> = {}): void {
  answer(Promise.resolve(undefined), options)
}

/** `cnt` open rooms from the one at `index` on, newest first. */
export function getRoomList(
  options: { data?: { index?: number | string; cnt?: number | string } } & Callbacks<{ rooms: ListedRoom[] }> = {},
): void {
  const index = Math.floor(Number(options.data?.index ?? 0))
  const count = Math.floor(Number(options.data?.cnt ?? MOST))
  if (!(index >= 0) || !(count >= 1)) {
    options.fail?.({ errCode: BAD_ARGUMENTS, errMsg: 'getRoomList: index counts from 0, cnt from 1' })
    return
  }
  answer(roomsFrom(index, Math.min(count, MOST)), options)
}

async function roomsFrom(index: number, count: number): Promise<{ rooms: ListedRoom[] }> {
  const { list } = useKit().session
  // Only the first page is asked for anew, so that the next ones go on where it ended.
  if (index === 0 || list.rooms.length === 0) await list.refresh()
  if (list.state === 'error') throw new Error('the room list could not be loaded')
  for (let known = -1; list.hasMore && list.rooms.length < index + count && known < list.rooms.length; ) {
    known = list.rooms.length
    await list.more()
  }
  return { rooms: list.rooms.slice(index, index + count).map(listed) }
}

function listed({ room, counts }: RoomSummary): ListedRoom {
  const onStage = [room.anchor, ...room.seats.flatMap(({ user, state }) => (user && state === 'on' ? [user] : []))]
  return {
    roomID: room.roomId,
    roomInfo: room.title,
    roomName: room.title,
    roomCreator: room.anchor.userId,
    mixedPlayURL: '',
    pushers: onStage.map(({ userId, name }) => ({
      userID: userId,
      userName: name,
      userAvatar: '',
      accelerateURL: '',
    })),
    audienceCount: counts.viewers,
    custom: '{}',
  }
}

/** Rooms tell what happens in them by events of `<live-room>`. */
export function setListener(_listener: object): void {
  console.warn('liveroom: rooms tell what happens by events of <live-room>; this listener hears nothing')
}

const refusal =
  (name: string, instead: string) =>
  ({ fail }: Callbacks<never> = {}): void => {
    const errMsg = `liveroom.${name}: not here any more; ${instead}`
    console.warn(errMsg)
    fail?.({ errCode: BAD_ARGUMENTS, errMsg })
  }

const BY_COMPONENT = 'put a <live-room> on the page'

/** Addresses are for the component that plays or pushes, and for nobody else. */
export const getPushURL = refusal('getPushURL', 'the server gives addresses to <live-room> only')
export const createRoom = refusal('createRoom', `${BY_COMPONENT} with role="anchor" and call its start()`)
export const enterRoom = refusal('enterRoom', `${BY_COMPONENT} with role="audience" and room-id`)
export const exitRoom = refusal('exitRoom', 'call stop() of <live-room>')
export const joinPusher = refusal('joinPusher', 'call requestLink() of <live-room>')
export const quitPusher = refusal('quitPusher', 'call leaveLink() of <live-room>')
export const requestJoinPusher = refusal('requestJoinPusher', 'call requestLink() of <live-room>')
export const acceptJoinPusher = refusal('acceptJoinPusher', 'call respondLink() of <live-room>')
export const rejectJoinPusher = refusal('rejectJoinPusher', 'call respondLink() of <live-room>')
export const kickoutSubPusher = refusal('kickoutSubPusher', 'call kick() of <live-room>')
export const sendRoomTextMsg = refusal('sendRoomTextMsg', 'call sendText() of <live-room>')
export const sendC2CCustomMsg = refusal('sendC2CCustomMsg', 'call sendCustom() of <live-room>')
