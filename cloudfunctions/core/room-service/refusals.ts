import type { ErrorCode } from '../../../miniprogram/protocol/errors'
import { Refusal } from '../refusal'

/**
 * What a verb of the second generation answers when it fails for a reason that has no code of its own.
 * Source: the codes of the hosted service; see docs/room-service.md.
 */
export const FAILED = {
  login: 202003,
  logout: 202004,
  get_push_url: 204001,
  get_room_list: 203004,
  get_pushers: 204002,
  create_room: 203002,
  destroy_room: 203003,
  add_pusher: 203006,
  delete_pusher: 204003,
  pusher_heartbeat: 206001,
  merge_stream: 207002,
  set_custom_field: 207003,
  get_custom_info: 207004,
  add_audience: 205002,
  delete_audience: 205003,
  get_audiences: 205004,
  utils: 200100,
} as const
export type FailedVerb = keyof typeof FAILED

interface Kind {
  /** Code of the first generation. */
  first: number
  /** Of the second; null: that of the verb, see `FAILED`. */
  second: number | null
  zh: string
  en: string
}

const kind = (first: number, second: number | null, zh: string, en: string): Kind => ({ first, second, zh, en })

/** Why a request is refused: both codes, and what a person reads. Texts never hold what was sent, nor anything internal. */
export const KINDS = {
  'bad-request': kind(1, 200100, '请求参数缺失或格式不正确', 'a field is missing or does not have the right form'),
  'bad-json': kind(1, 200101, '请求体不是 JSON 对象', 'the body is not a JSON object'),
  'no-app-or-sig': kind(7, 201001, '登录缺少 sdkAppID 或 userSig', 'the login lacks sdkAppID or userSig'),
  'no-sig': kind(7, 201002, '登录缺少 userSig', 'the login lacks userSig'),
  'other-user': kind(7, 201003, 'URL 中的 userID 与请求体中的不一致', 'userID in the address differs from the body'),
  'no-room-id': kind(1, 201004, '缺少 roomID', 'roomID is missing'),
  'no-count': kind(1, 201005, 'cnt 未设置或为 0', 'cnt is missing or 0'),
  'bad-mix': kind(10, 201006, '混流参数不完整或不是 JSON', 'mergeParams are missing or no JSON'),
  'bad-field': kind(1, 201007, '自定义字段名缺失或不合法', 'the name of the field is missing or not allowed'),
  'bad-operation': kind(1, 201008, 'operation 只能是 set、inc 或 dec', 'operation must be set, inc or dec'),
  'no-value': kind(1, 201009, 'set 操作缺少合法的 value', 'set lacks a value that is allowed'),
  'not-logged-in': kind(7, 202001, '登录已失效，请重新登录', 'not logged in, or the login is over: log in again'),
  'bad-sig': kind(7, 202003, 'userSig 无效或已过期', 'the userSig is not valid or has expired'),
  'unknown-app': kind(7, 202005, 'sdkAppID 不是本服务的应用', 'sdkAppID is not the application of this service'),
  'too-often': kind(-1, 202006, '请求过于频繁，请稍后再试', 'too many requests: try again in a moment'),
  'info-too-long': kind(10, 203009, 'roomInfo 过长或含有控制字符', 'roomInfo is too long or holds control characters'),
  'create-failed': kind(6, 203002, '创建房间失败，请稍后再试', 'the room could not be made: try again in a moment'),
  'room-exists': kind(11, 203002, '你还有另一个正在进行的房间', 'another room of yours is open'),
  'no-such-room': kind(3, null, '房间不存在', 'there is no such room'),
  'room-over': kind(3, null, '房间已结束', 'the room has ended'),
  'not-creator': kind(3, null, '只有房间创建者可以这样做', 'only the creator of the room may do this'),
  'not-allowed': kind(3, null, '没有权限', 'not allowed'),
  'not-a-member': kind(5, 203010, '你不在房间的推流成员中', 'not one of those who push in this room'),
  elsewhere: kind(5, 203010, '你已在另一台设备上推流', 'another device of yours pushes now'),
  full: kind(5001, 203007, '房间成员已满', 'the room is full'),
  'wait-for-anchor': kind(
    -1,
    204001,
    '已向主播申请，请等待主播同意后重试',
    'the anchor was asked: try again once he accepts',
  ),
  'off-stage': kind(7, 204001, '主播已将你移出连麦', 'the creator has put you off the stage'),
  'foreign-url': kind(
    1,
    203005,
    'pushURL 不是本服务为你和这个房间签发的，请重新获取',
    'pushURL is none that was issued to you for this room: get a new one',
  ),
  banned: kind(7, null, '你已被禁止进入', 'you may not be here'),
  'text-refused': kind(10, null, '文字未通过检查，请修改', 'the text does not pass the check: change it'),
  'too-many-fields': kind(
    -1,
    207003,
    '自定义字段过多，或该字段不是数字',
    'too many custom fields, or the field is no number',
  ),
  changed: kind(-1, null, '房间状态已变化，请重试', 'the room has changed: try again'),
  'wrong-type': kind(1, 207006, '不支持的房间类型', 'no such type of room'),
  'wrong-verb': kind(1, 207005, '不支持的操作', 'no such operation'),
  'wrong-method': kind(1, 200100, '请使用 POST', 'use POST'),
  'not-offered': kind(1, 207005, '本服务不提供该接口', 'this service does not offer that'),
  'not-operator': kind(7, 202001, '仅限运营人员', 'for the operator only'),
  unavailable: kind(-1, null, '服务暂时不可用，请稍后再试', 'a service did not answer: try again in a moment'),
  internal: kind(-1, null, '服务器内部错误', 'something went wrong on the server'),
} as const satisfies Record<string, Kind>
export type KindName = keyof typeof KINDS

/** A request of the old protocol that is refused. */
export class OldRefusal extends Error {
  constructor(
    readonly kind: KindName,
    /** More fields for the answer. */
    readonly fields: Record<string, string | number> = {},
  ) {
    super(kind)
    this.name = 'OldRefusal'
  }
}

const OF_CORE: Record<ErrorCode, KindName> = {
  'bad-input': 'bad-request',
  unauthenticated: 'not-logged-in',
  forbidden: 'not-allowed',
  'not-found': 'no-such-room',
  'room-closed': 'room-over',
  'already-live': 'room-exists',
  superseded: 'elsewhere',
  'rate-limited': 'too-often',
  full: 'full',
  stale: 'changed',
  'not-on-stage': 'not-a-member',
  // Whoever speaks the old protocol cannot be asked.
  'consent-needed': 'not-allowed',
  banned: 'banned',
  'text-refused': 'text-refused',
  unavailable: 'unavailable',
  internal: 'internal',
}

/** The old protocol's word for whatever was thrown; null for a fault of ours. */
export function refusalOf(error: unknown): OldRefusal | null {
  if (error instanceof OldRefusal) return error
  return error instanceof Refusal ? new OldRefusal(OF_CORE[error.code]) : null
}

/** Which generation asks, and in which language it reads. */
export interface Manner {
  second: boolean
  english: boolean
}

/** Code and message of a refusal, as this terminal knows them. */
export function wordsFor(name: KindName, verb: FailedVerb, { second, english }: Manner) {
  const { first, second: own, zh, en } = KINDS[name]
  return { code: second ? (own ?? FAILED[verb]) : first, message: english ? en : zh }
}
