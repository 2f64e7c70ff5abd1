import type { IncomingMessage } from '../port'

/** What a message of the SDK is to us. */
export type Heard =
  | { kind: 'message'; message: IncomingMessage }
  /** The group is no more. */
  | { kind: 'dissolved'; group: string }
  /** A system notice that is not from the administrator. */
  | { kind: 'forged' }
  /** Custom data that is no JSON, or a shape that no SDK of ours sends. */
  | { kind: 'unreadable' }
  /** Something of Tencent's own, such as "somebody has joined". */
  | { kind: 'other' }

/** `operationType` of a system notice. */
const DISSOLVED = 5
const CUSTOM = 255
/** Tencent's own name for the sender of what has none. */
const SYSTEM = '@TIM#SYSTEM'

/**
 * Reads one element of `MESSAGE_RECEIVED`. The server speaks as `admin`, whose messages are its word in groups and to one
 * person alike, or by a system notice, which no member can send.
 */
export function readMessage(value: unknown, admin: string): Heard {
  const { type, conversationType, conversationID, from, to, payload } = fields(value)
  if (typeof from !== 'string') return { kind: 'unreadable' }
  const group = conversationType === 'GROUP' ? groupOf(conversationID, to) : undefined
  if (type === 'TIMGroupSystemNoticeElem') return readNotice(fields(payload), group, from === admin || from === SYSTEM)
  if (type !== 'TIMCustomElem') return { kind: 'other' }
  const data = parse(fields(payload).data)
  if (data === undefined || (conversationType !== 'C2C' && group === undefined)) return { kind: 'unreadable' }
  const system = from === admin
  return { kind: 'message', message: { from: system ? '' : from, ...(group && { group }), system, data } }
}

/** Some notices come over the group's own poll, others over the socket, where the group is in the payload. */
function readNotice(payload: Fields, polled: string | undefined, genuine: boolean): Heard {
  const named = fields(payload.groupProfile).groupID
  const group = polled ?? (typeof named === 'string' && named !== '' ? named : undefined)
  if (payload.operationType !== CUSTOM && payload.operationType !== DISSOLVED) return { kind: 'other' }
  if (group === undefined) return { kind: 'unreadable' }
  if (!genuine) return { kind: 'forged' }
  if (payload.operationType === DISSOLVED) return { kind: 'dissolved', group }
  const data = parse(payload.userDefinedField)
  return data === undefined
    ? { kind: 'unreadable' }
    : { kind: 'message', message: { from: '', group, system: true, data } }
}

function groupOf(conversationID: unknown, to: unknown): string | undefined {
  if (typeof conversationID === 'string' && conversationID.startsWith('GROUP')) return conversationID.slice(5)
  return typeof to === 'string' ? to : undefined
}

function parse(text: unknown): unknown {
  if (typeof text !== 'string') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

type Fields = Readonly<Record<string, unknown>>
const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {})
