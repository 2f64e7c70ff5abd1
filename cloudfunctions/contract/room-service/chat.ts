import * as v from 'valibot'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import { personText } from '../text'

/** What terminals of the old protocol say to a room's group, in its own forms. */
export type OldMessage =
  | { kind: 'line'; text: string; name: string }
  /** Look again who pushes: says nothing by itself. */
  | { kind: 'hint' }
  /** A stroke on the whiteboard. */
  | { kind: 'board' }

const DATA_MAX = 8192
const LINES = /[\p{Cc}\p{Zl}\p{Zp}]+/gu

const textElement = v.object({ MsgType: v.literal('TIMTextElem'), MsgContent: v.object({ Text: v.string() }) })
/** Between two texts: what a terminal made of `[xx]`. */
const faceElement = v.object({ MsgType: v.literal('TIMFaceElem') })
const customElement = v.object({
  MsgType: v.literal('TIMCustomElem'),
  MsgContent: v.object({
    Data: v.pipe(v.string(), v.maxLength(DATA_MAX)),
    Ext: v.exactOptional(v.string()),
  }),
})
const elements = v.pipe(v.array(v.union([textElement, faceElement, customElement])), v.minLength(1), v.maxLength(16))

const command = v.variant('cmd', [
  v.object({ cmd: v.literal('CustomTextMsg'), data: v.record(v.string(), v.unknown()) }),
  v.object({ cmd: v.literal('CustomCmdMsg'), data: v.record(v.string(), v.unknown()) }),
  v.object({ cmd: v.literal('notifyPusherChange') }),
])
const line = v.pipe(
  v.string(),
  v.transform((text) => text.replace(LINES, ' ')),
  personText(LIMITS.barrageMax),
)

/** The message in `MsgBody`, or null when it has none of the old forms. Names come in several spellings (M84). */
export function readOldMessage(msgBody: readonly unknown[]): OldMessage | null {
  const parsed = v.safeParse(elements, msgBody)
  if (!parsed.success) return null
  const customs = parsed.output.flatMap((element) => (element.MsgType === 'TIMCustomElem' ? [element.MsgContent] : []))
  const texts = parsed.output.flatMap((element) => (element.MsgType === 'TIMTextElem' ? [element.MsgContent.Text] : []))
  if (customs.length > 1) return null
  const [custom] = customs
  if (!custom) return lineOf(texts.join(''), {})
  if (custom.Ext === 'TXWhiteBoardExt') return { kind: 'board' }
  const said = v.safeParse(command, jsonOf(custom.Data))
  if (!said.success) return null
  const { output } = said
  if (output.cmd === 'notifyPusherChange') return { kind: 'hint' }
  return lineOf(output.cmd === 'CustomTextMsg' ? texts.join('') : output.data.msg, output.data)
}

function lineOf(text: unknown, data: Readonly<Record<string, unknown>>): OldMessage | null {
  const read = v.safeParse(line, text)
  const name = [data.nickName, data.userName].find((value) => typeof value === 'string')
  return read.success ? { kind: 'line', text: read.output, name: typeof name === 'string' ? name : '' } : null
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
