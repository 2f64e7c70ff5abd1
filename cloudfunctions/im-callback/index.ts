import { CHAT_REFUSALS, type ChatRefusal } from '../../miniprogram/protocol/order'
import { type GroupMessage, groupMessage, type MemberText, readMessage, signed } from '../contract/im-callback'
import { check } from '../contract/parse'
import { type OldMessage, readOldMessage } from '../contract/room-service/chat'
import { ROOM_ID, USER_ID } from '../core/ids'
import type { Line, Passed } from '../core/order/chat'
import { imCallbackIsValid } from '../core/order/im-sign'
import { mayDraw, speakerOf } from '../core/room-service/speakers'
import { nameFrom } from '../core/room-service/texts'
import { answer, type HttpAnswer, jsonBody, requestOf } from '../doors/http'
import { openidOfCaller } from '../doors/identity'
import { log, type Opened, services } from '../doors/services'

/** The message goes to nobody, and its sender is told that it was sent. */
const DISCARD = 2

/** The chat service's words for "I have seen it". An ErrorCode from 10100 on refuses the message before it is sent. */
const verdict = (why?: ChatRefusal | 'shed', more: object = {}) => ({
  ActionStatus: 'OK',
  ErrorCode: why === undefined ? 0 : why === 'shed' ? DISCARD : CHAT_REFUSALS[why],
  ErrorInfo: why ?? '',
  ...more,
})

const refuse = (statusCode: number, message: string): HttpAnswer =>
  answer(statusCode, { ActionStatus: 'FAIL', ErrorCode: statusCode, ErrorInfo: message })

/**
 * The chat service's door: HTTP, signed by the callback token. It asks before a member's message reaches a room, and
 * tells of it afterwards. Whatever else it tells is acknowledged.
 */
export async function main(event: unknown): Promise<HttpAnswer> {
  if (openidOfCaller() !== '') return refuse(403, 'this door is for the chat service')
  const request = requestOf(event)
  if (request?.httpMethod.toUpperCase() !== 'POST') return refuse(405, 'use POST')
  try {
    const opened = services()
    const { config } = opened
    const query = check(signed, request.queryStringParameters)
    const ours = query.ok && query.value.SdkAppid === config.im.sdkAppId
    if (!ours || !imCallbackIsValid(config.imCallbackToken, query.value, Date.now())) {
      return refuse(403, 'the signature is wrong or has expired')
    }
    const handle = COMMANDS.get(query.value.CallbackCommand)
    if (!handle) return answer(200, verdict())
    let body: unknown
    try {
      body = jsonBody(request)
    } catch {
      return refuse(400, 'the body is not a callback')
    }
    const message = check(groupMessage, body)
    if (!message.ok) return refuse(400, 'the body is not a callback')
    return answer(200, await handle(opened, message.value))
  } catch (error) {
    log('a callback of the chat service could not be answered', error)
    return refuse(500, 'try again')
  }
}

/** A message that is judged: hearts are not. */
type Spoken = Exclude<MemberText, { type: 'like' }>
type Handle = (services: Opened, message: GroupMessage) => Promise<object>

const COMMANDS = new Map<string, Handle>([
  ['Group.CallbackBeforeSendMsg', beforeSend],
  ['Group.CallbackAfterSendMsg', afterSend],
])

/** Written by the server, or in a group that is no room of ours. */
const isNotOurs = ({ config }: Opened, { GroupId, From_Account }: GroupMessage): boolean =>
  From_Account === config.im.admin || !ROOM_ID.test(GroupId)

async function beforeSend(services: Opened, sent: GroupMessage): Promise<object> {
  if (isNotOurs(services, sent)) return verdict()
  if (!USER_ID.test(sent.From_Account)) return verdict(await beforeOld(services, sent))
  const read = readMessage(sent.MsgBody)
  if (!read) return verdict('misshapen')
  const { message, data } = read
  if (message.type === 'like') return verdict()
  const judged = await services.room.chat.beforeLine({
    roomId: sent.GroupId,
    userId: sent.From_Account,
    ...spokenIn(message),
  })
  if (typeof judged === 'string') return verdict(judged)
  const clean = JSON.stringify(withNames(message, judged))
  return clean === data ? verdict() : verdict(undefined, { MsgBody: customElement(clean) })
}

/** What there is to judge in a message. A name is replaced anyway. */
function spokenIn(message: Spoken): Pick<Line, 'text' | 'kind' | 'to'> {
  if (message.type === 'barrage') return { text: message.text, to: message.to?.userId }
  if (message.type === 'joined') return { kind: 'joined', text: '' }
  return { kind: 'custom', text: textsIn(message.data).join(' | ') }
}

/** The message as the others read it. */
function withNames(message: Spoken, { name, toName }: Passed): Spoken {
  const named = { ...message, name: name ?? message.name }
  if (named.type !== 'barrage' || !named.to) return named
  return { ...named, to: { ...named.to, name: toName ?? named.to.name } }
}

/** Every text in JSON, and every key. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => [...(Array.isArray(value) ? [] : [key]), ...textsIn(inner)])
}

async function afterSend(services: Opened, sent: GroupMessage): Promise<object> {
  const said = isNotOurs(services, sent) ? null : await lineOf(services, sent)
  if (!said) return verdict()
  const { GroupId: roomId, MsgSeq: seq, MsgTime: time } = sent
  const { userId, id, text, name } = said
  await services.room.chat.afterLine({
    roomId,
    userId,
    name,
    text,
    at: time === undefined ? Date.now() : time * 1000,
    seq: seq ?? 0,
    // Numbers may begin anew; with the time they do not repeat.
    key: `${time ?? ''}:${seq ?? `${userId}:${id}`}`,
  })
  return verdict()
}

/** The line in a message, whichever protocol its sender speaks. */
async function lineOf(services: Opened, { From_Account, MsgBody }: GroupMessage) {
  if (USER_ID.test(From_Account)) {
    const message = readMessage(MsgBody)?.message
    return message?.type === 'barrage' ? { ...message, userId: From_Account } : null
  }
  const old = await readOld(services, From_Account, MsgBody)
  if (old?.message.kind !== 'line') return null
  const { text, name } = old.message
  return { userId: old.speaker.userId, id: '', text, name: old.speaker.name || nameFrom(name) }
}

/** A message of a terminal of the old protocol, from somebody who has logged in there; else null. */
async function readOld(services: Opened, account: string, msgBody: readonly unknown[]) {
  const message: OldMessage | null = readOldMessage(msgBody)
  if (!message) return null
  const speaker = await speakerOf(services.store, services.config.service.userIdSecret, account)
  return speaker && { message, speaker }
}

/** Why such a message may not be said; the same rules hold for everybody. It goes on as it came. */
async function beforeOld(services: Opened, sent: GroupMessage): Promise<ChatRefusal | 'shed' | undefined> {
  const old = await readOld(services, sent.From_Account, sent.MsgBody)
  if (!old) return 'misshapen'
  const { message, speaker } = old
  if (message.kind === 'hint') return undefined
  if (message.kind === 'board') {
    return (await mayDraw(services.store, sent.GroupId, speaker.userId)) ? undefined : 'misshapen'
  }
  const line = { roomId: sent.GroupId, userId: speaker.userId, text: message.text }
  const judged = await services.room.chat.beforeLine(line)
  return typeof judged === 'string' ? judged : undefined
}

const customElement = (data: string) => [{ MsgType: 'TIMCustomElem', MsgContent: { Data: data, Desc: '', Ext: '' } }]
