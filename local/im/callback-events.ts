import type { ChatPriority } from '../../miniprogram/protocol/local-chat'
import { readMsgBody, toMsgBody } from './custom-element'

export const BEFORE_SEND = 'Group.CallbackBeforeSendMsg'
export const AFTER_SEND = 'Group.CallbackAfterSendMsg'

/** A message of a member on its way to a group. */
export interface GroupMessage {
  groupId: string
  from: string
  /** JSON */
  dataText: string
  priority: ChatPriority
  /** The sender's random number of 32 bits: the same before and after. */
  random: number
}

const PRIORITY_NAMES = { 0: 'Low', 1: 'Normal', 2: 'High' } as const

/** The body of `Group.CallbackBeforeSendMsg` (document 269/1619). */
export const beforeSend = (message: GroupMessage) => ({
  GroupId: message.groupId,
  Type: 'AVChatRoom',
  From_Account: message.from,
  Operator_Account: message.from,
  Random: message.random,
  OnlineOnlyFlag: 0,
  MsgPriority: PRIORITY_NAMES[message.priority],
  MsgBody: toMsgBody(message.dataText),
})

/** The body of `Group.CallbackAfterSendMsg` (document 269/2661). `timeS`: seconds since the epoch. */
export const afterSend = (message: GroupMessage, seq: number, timeS: number) => ({
  ...beforeSend(message),
  MsgSeq: seq,
  MsgTime: timeS,
})

/** What is to become of a message. */
export type Verdict =
  /** As it is, or with this data (JSON) instead. */
  | { do: 'deliver'; dataText?: string }
  /** The sender is told. */
  | { do: 'refuse' }
  /** The sender is told that it was sent. */
  | { do: 'discard' }

/**
 * Reads the answer to a before-send callback: ErrorCode 0 delivers, with the changed MsgBody if there is one; 1, 10016 and
 * the application's own codes 10100 to 10200 refuse; 2 discards. Null for anything else.
 */
export function readVerdict(answer: unknown): Verdict | null {
  const { ErrorCode: code, MsgBody } = (answer ?? {}) as { ErrorCode?: unknown; MsgBody?: unknown }
  if (typeof code !== 'number') return null
  if (code === 1 || code === 10016 || (code >= 10100 && code <= 10200)) return { do: 'refuse' }
  if (code === 2) return { do: 'discard' }
  if (code !== 0) return null
  if (MsgBody === undefined) return { do: 'deliver' }
  try {
    return { do: 'deliver', dataText: readMsgBody(MsgBody) }
  } catch {
    return null
  }
}
