import * as v from 'valibot'
import { CUSTOM_TAG, LIMITS } from '../../miniprogram/protocol/limits'
import { personText, userId, whole } from './text'

const text = (max: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(max))
const count = v.pipe(v.union([v.number(), v.pipe(v.string(), v.digits(), v.transform(Number))]), v.safeInteger())

/** What the chat service puts into the address of every callback. `RequestTime` is in unix seconds. */
export const signed = v.object({
  SdkAppid: count,
  CallbackCommand: text(64),
  RequestTime: count,
  Sign: text(128),
})

/** The parts of a group message, before or after it was sent, that matter here. `MsgTime` is in unix seconds. */
export const groupMessage = v.object({
  GroupId: text(64),
  From_Account: text(64),
  MsgBody: v.array(v.unknown()),
  MsgSeq: v.exactOptional(count),
  MsgTime: v.exactOptional(count),
})

export type GroupMessage = v.InferOutput<typeof groupMessage>

/** The one element that our messages are made of. */
const element = v.object({
  MsgType: v.literal('TIMCustomElem'),
  MsgContent: v.object({ Data: v.pipe(v.string(), v.maxLength(8192)) }),
})

const ONE_LINE = /[\p{Cc}\p{Zl}\p{Zp}]+/gu

/** A name is only cut: the server knows the true one. */
const name = v.pipe(
  v.string(),
  v.transform((given) => Array.from(given.replace(ONE_LINE, ' ')).slice(0, LIMITS.nameMax).join('')),
)

/** JSON that may be drawn by whoever knows its tag; nothing that is not there counts as null. */
const customData = v.pipe(
  v.optional(v.unknown(), null),
  v.check((data) => Buffer.byteLength(JSON.stringify(data)) <= LIMITS.customBytes, 'is too large'),
)

/** What a member may send: see `MemberMessage`. */
const memberMessage = v.variant('type', [
  v.object({
    type: v.literal('barrage'),
    id: text(64),
    text: v.pipe(
      v.string(),
      v.transform((line) => line.replace(ONE_LINE, ' ')),
      personText(LIMITS.barrageMax),
    ),
    name,
    to: v.exactOptional(v.object({ userId, name })),
  }),
  v.object({ type: v.literal('like'), n: whole(1, LIMITS.likesPerCall) }),
  v.object({ type: v.literal('joined'), name }),
  v.object({
    type: v.literal('custom'),
    id: text(64),
    tag: v.pipe(v.string(), v.regex(CUSTOM_TAG)),
    data: customData,
    name,
  }),
])

export type MemberText = v.InferOutput<typeof memberMessage>

/** The message in `MsgBody`, with its JSON as it came, or null when it is none of ours. */
export function readMessage(msgBody: readonly unknown[]): { message: MemberText; data: string } | null {
  const [only, ...more] = msgBody
  const custom = v.safeParse(element, only)
  if (!custom.success || more.length > 0) return null
  const data = custom.output.MsgContent.Data
  let json: unknown
  try {
    json = JSON.parse(data)
  } catch {
    return null
  }
  const message = v.safeParse(memberMessage, json)
  return message.success ? { message: message.output, data } : null
}
