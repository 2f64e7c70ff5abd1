/** Bytes that a socket or a decoder accepts: never backed by shared memory. */
export type Bytes = Uint8Array<ArrayBuffer>

/** Types of FLV tags. */
export const AUDIO = 8
export const VIDEO = 9
export const SCRIPT = 18

/** Bytes of a tag around its payload: 11 in front, 4 (its size again) behind. */
export const TAG_OVERHEAD = 15
export const TAG_HEAD = 11
/** The file header with the first (zero) back pointer. */
export const FILE_HEAD = 13

/** The 13 bytes that open an FLV stream. A flag that promises a missing track makes players wait for ever. */
export function flvHeader(audio: boolean, video: boolean): Bytes {
  return new Uint8Array([0x46, 0x4c, 0x56, 1, (audio ? 4 : 0) | (video ? 1 : 0), 0, 0, 0, 9, 0, 0, 0, 0])
}

/**
 * One FLV tag.
 * @param timestamp whole milliseconds; its top 8 bits go to the extension byte
 * @param parts payload, in pieces, to spare the caller a copy
 */
export function flvTag(type: number, timestamp: number, ...parts: Uint8Array[]): Bytes {
  const size = parts.reduce((sum, part) => sum + part.byteLength, 0)
  const out = new Uint8Array(TAG_OVERHEAD + size)
  const view = new DataView(out.buffer)
  view.setUint32(0, (type << 24) | size)
  view.setUint32(4, ((timestamp << 8) | (timestamp >>> 24)) >>> 0)
  let at = TAG_HEAD
  for (const part of parts) {
    out.set(part, at)
    at += part.byteLength
  }
  view.setUint32(at, TAG_HEAD + size)
  return out
}

type Amf0 = string | number | boolean

function amfKey(text: string): number[] {
  const bytes = new TextEncoder().encode(text)
  return [bytes.length >> 8, bytes.length & 255, ...bytes]
}

function amfValue(value: Amf0): number[] {
  if (typeof value === 'boolean') return [1, value ? 1 : 0]
  if (typeof value === 'string') return [2, ...amfKey(value)]
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return [0, ...new Uint8Array(view.buffer)]
}

/** The payload of the script tag that describes the stream: AMF0 "onMetaData" and an ECMA array. */
export function onMetaData(fields: Record<string, Amf0>): Bytes {
  const entries = Object.entries(fields)
  const body = entries.flatMap(([key, value]) => [...amfKey(key), ...amfValue(value)])
  return new Uint8Array([2, ...amfKey('onMetaData'), 8, 0, 0, 0, entries.length, ...body, 0, 0, 9])
}

/** Payload heads of the one video and the one audio codec that we send: AVC and AAC. */
export const AVC_CONFIG = new Uint8Array([0x17, 0, 0, 0, 0])
export const AVC_KEY = new Uint8Array([0x17, 1, 0, 0, 0])
export const AVC_INTER = new Uint8Array([0x27, 1, 0, 0, 0])
export const AAC_CONFIG = new Uint8Array([0xaf, 0])
export const AAC_FRAME = new Uint8Array([0xaf, 1])
