import * as v from 'valibot'
import { lengthOf } from '../../../miniprogram/protocol/limits'
import type { Verb } from './routes'

const CONTROL = /\p{Cc}|\p{Surrogate}/u
/** Text for others may have lines, as JSON text has; nothing else that steers a terminal. */
const CONTROL_IN_LINES = /[^\P{Cc}\n\r\t]|\p{Surrogate}/u

/** Bytes of `roomInfo`; characters in the Java server of old, which is less strict. */
const ROOM_INFO_MAX = 1024
const MIX_MAX = 16 * 1024

const text = (max: number) =>
  v.pipe(
    v.string(),
    v.check((value) => lengthOf(value) <= max, `must have at most ${max} characters`),
    v.check((value) => !CONTROL.test(value), 'must not contain control characters'),
  )

/** A user id of the old system: an account of the chat service. Any printable ASCII, `/ ? & #` included. */
const account = v.pipe(v.string(), v.regex(/^[!-~]{1,64}$/, 'must be 1 to 64 printable ASCII characters'))
/** A room as the caller names it; one that is not an id of ours names no room. */
const roomID = v.pipe(v.string(), v.regex(/^[!-~]{1,64}$/, 'must be 1 to 64 printable ASCII characters'))
/** Absent, null or '' : none. */
const maybeRoomID = v.nullish(v.union([v.literal(''), roomID]), '')
const number = v.pipe(
  v.union([v.number(), v.pipe(v.string(), v.regex(/^\d{1,9}$/), v.transform(Number))]),
  v.integer(),
  v.minValue(0),
  v.maxValue(1_000_000_000),
)
const maybeUser = v.nullish(account)
const roomInfo = v.pipe(
  v.string(),
  v.maxBytes(ROOM_INFO_MAX, 'too long'),
  v.check((value) => !CONTROL_IN_LINES.test(value), 'must not contain control characters'),
)
const userInfo = v.pipe(
  v.string(),
  v.check((value) => lengthOf(value) <= ROOM_INFO_MAX, 'too long'),
  v.check((value) => !CONTROL_IN_LINES.test(value), 'must not contain control characters'),
)
/** Shown by other terminals as a picture: a web address, or nothing. */
const avatar = v.pipe(
  text(512),
  v.transform((value) => (/^https?:\/\//i.test(value) ? value : '')),
)
/** Names that a plain object answers to although nobody put them there are no fields (M20). */
const fieldName = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z][A-Za-z0-9_]{0,31}$/),
  v.check((name) => !(name in {})),
)

const room = { roomID, userID: maybeUser }

/** The body of every verb. Fields that are not named here are dropped. */
export const bodies = {
  login: v.object({}),
  logout: v.object({}),
  get_push_url: v.object({ userID: maybeUser, roomID: maybeRoomID }),
  get_room_list: v.object({ userID: maybeUser, cnt: v.nullish(number, 0), index: v.nullish(number, 0) }),
  get_pushers: v.object(room),
  create_room: v.object({ userID: maybeUser, roomInfo: v.nullish(roomInfo, ''), roomID: maybeRoomID }),
  destroy_room: v.object(room),
  add_pusher: v.object({
    userID: maybeUser,
    roomID: maybeRoomID,
    userName: v.nullish(text(64), ''),
    userAvatar: v.nullish(avatar, ''),
    pushURL: v.pipe(v.string(), v.minLength(1), v.maxLength(1024)),
    roomInfo: v.nullish(roomInfo, ''),
  }),
  delete_pusher: v.object({ roomID, userID: account }),
  pusher_heartbeat: v.object({ ...room, roomStatusCode: v.nullish(number) }),
  merge_stream: v.object({
    ...room,
    mergeParams: v.union([v.record(v.string(), v.unknown()), v.pipe(v.string(), v.maxLength(MIX_MAX), jsonText())]),
  }),
  set_custom_field: v.object({
    ...room,
    fieldName,
    operation: v.picklist(['set', 'inc', 'dec']),
    value: v.nullish(v.union([text(256), v.pipe(v.number(), v.safeInteger())])),
  }),
  get_custom_info: v.object(room),
  add_audience: v.object({ ...room, userInfo: v.nullish(userInfo, '') }),
  delete_audience: v.object(room),
  get_audiences: v.object(room),
} satisfies Record<Verb, v.GenericSchema>

export type Body<V extends Verb> = v.InferOutput<(typeof bodies)[V]>

function jsonText() {
  return v.check((value: string) => {
    try {
      const parsed: unknown = JSON.parse(value)
      return typeof parsed === 'object' && parsed !== null
    } catch {
      return false
    }
  }, 'is not JSON')
}

/** Who asks, as every request of the room types says in its query. */
export const callerQuery = v.object({
  userID: account,
  token: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/, 'is not a token')),
})

/** Of the second generation is who names a platform. */
export const platformQuery = v.object({ platform: v.pipe(v.string(), v.minLength(1), v.maxLength(64)) })

export const loginQuery = v.object({
  sdkAppID: v.pipe(v.string(), v.regex(/^\d{1,12}$/), v.transform(Number)),
  userID: account,
  userSig: v.pipe(v.string(), v.minLength(1), v.maxLength(4096)),
})
