import { REST_ERROR, RestError } from './rest-errors'

/** Tencent's bound for the content of one message, bytes. */
const CONTENT_MAX = 12 * 1024

/** A `MsgBody` around JSON text. */
export const toMsgBody = (dataText: string) => [
  { MsgType: 'TIMCustomElem', MsgContent: { Data: dataText, Desc: '', Ext: '' } },
]

/**
 * The data of a message with one custom element, the only kind this subset carries, as JSON text.
 * @throws RestError
 */
export function readMsgBody(elements: unknown): string {
  const element: unknown = Array.isArray(elements) && elements.length === 1 ? elements[0] : undefined
  const { MsgType, MsgContent } = (element ?? {}) as { MsgType?: unknown; MsgContent?: { Data?: unknown } | null }
  if (MsgType !== 'TIMCustomElem' || typeof MsgContent?.Data !== 'string') {
    throw new RestError(REST_ERROR.badMessage, 'MsgBody must be one TIMCustomElem with a string Data')
  }
  return toDataText(MsgContent.Data)
}

/**
 * Tencent carries text, and our messages are JSON in it; the local wire carries JSON. Other text travels as a string.
 * @throws RestError when it is too long
 */
export function toDataText(content: string): string {
  if (Buffer.byteLength(content) > CONTENT_MAX) throw new RestError(REST_ERROR.tooLong, 'the content is too long')
  try {
    return JSON.stringify(JSON.parse(content))
  } catch {
    return JSON.stringify(content)
  }
}
