import { CHAT_REFUSALS, type ChatRefusal } from '../../miniprogram/protocol/order'
import { type GroupMessage, groupMessage, readMessage, signed } from '../contract/im-callback'
import { check } from '../contract/parse'
import { ROOM_ID, USER_ID } from '../core/ids'
import { imCallbackIsValid } from '../core/order/im-sign'
import { answer, type HttpAnswer, jsonBody, requestOf } from '../doors/http'
import { openidOfCaller } from '../doors/identity'
import { log, type Services, services } from '../doors/services'

/** The chat service's words for "I have seen it". An ErrorCode from 10100 on refuses the message before it is sent. */
const verdict = (why?: ChatRefusal, more: object = {}) => ({
  ActionStatus: 'OK',
  ErrorCode: why === undefined ? 0 : CHAT_REFUSALS[why],
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
    const { config, room } = services()
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
    return answer(200, await handle({ config, room }, message.value))
  } catch (error) {
    log('a callback of the chat service could not be answered', error)
    return refuse(500, 'try again')
  }
}

type Handle = (services: Services, message: GroupMessage) => Promise<object>

const COMMANDS = new Map<string, Handle>([
  ['Group.CallbackBeforeSendMsg', beforeSend],
  ['Group.CallbackAfterSendMsg', afterSend],
])

/** Written by the server, or in a group that is no room of ours. */
const isNotOurs = ({ config }: Services, { GroupId, From_Account }: GroupMessage): boolean =>
  From_Account === config.im.admin || !ROOM_ID.test(GroupId)

async function beforeSend(services: Services, sent: GroupMessage): Promise<object> {
  if (isNotOurs(services, sent)) return verdict()
  const read = readMessage(sent.MsgBody)
  if (!read || !USER_ID.test(sent.From_Account)) return verdict('misshapen')
  const { message, data } = read
  if (message.type === 'like') return verdict()
  const line = { roomId: sent.GroupId, userId: sent.From_Account, text: message.text }
  const judged = await services.room.chat.beforeLine(line)
  if (typeof judged === 'string') return verdict(judged)
  const clean = JSON.stringify({ ...message, name: judged.name ?? message.name })
  return clean === data ? verdict() : verdict(undefined, { MsgBody: customElement(clean) })
}

async function afterSend(services: Services, sent: GroupMessage): Promise<object> {
  const read = isNotOurs(services, sent) ? null : readMessage(sent.MsgBody)
  if (read?.message.type !== 'barrage') return verdict()
  const { GroupId: roomId, From_Account: userId, MsgSeq: seq, MsgTime: time } = sent
  const { id, text, name } = read.message
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

const customElement = (data: string) => [{ MsgType: 'TIMCustomElem', MsgContent: { Data: data, Desc: '', Ext: '' } }]
