import type AvPacket from 'node-media-server/src/core/avpacket.js'
import { decodeAmf0Data } from 'node-media-server/src/protocol/amf.js'
import Flv from 'node-media-server/src/protocol/flv.js'
import Rtmp from 'node-media-server/src/protocol/rtmp.js'

export type MediaKind = 'meta' | 'audio-config' | 'video-config' | 'audio' | 'key' | 'inter'

/** What `onMetaData` says, as far as it is used here. */
export interface StreamMeta {
  width: number
  height: number
  hasAudio: boolean
  hasVideo: boolean
}

const AUDIO = 8
const VIDEO = 9
const SCRIPT = 18
const KINDS: Record<number, Partial<Record<number, MediaKind>>> = {
  [AUDIO]: { 0: 'audio-config', 1: 'audio' },
  [VIDEO]: { 2: 'video-config', 3: 'key', 4: 'inter', 6: 'inter' },
  [SCRIPT]: { 5: 'meta' },
}
/** AMF0 string "@setDataFrame" with its marker and length: RTMP pushers wrap onMetaData in it, FLV must not show it. */
const SET_DATA_FRAME = Buffer.from('\u0002\u0000\u000d@setDataFrame', 'latin1')
const ON_META_DATA = Buffer.from('\u0002\u0000\u000aonMetaData', 'latin1')

/** One media message, encoded once per wire format however many players there are. */
export class MediaMessage {
  /** A player may begin here; set by the stream. */
  sync = false
  #rtmp: Buffer | null = null

  constructor(
    readonly kind: MediaKind,
    /** Our own copy: `data` lies inside `flv`. */
    private readonly packet: AvPacket,
    readonly flv: Buffer,
  ) {}

  /** Body of the tag. */
  get data(): Buffer {
    return this.packet.data
  }

  /** Decode time, ms. */
  get timestamp(): number {
    return this.packet.dts
  }

  get rtmp(): Buffer {
    this.#rtmp ??= Rtmp.createMessage(this.packet)
    return this.#rtmp
  }

  get isFrame(): boolean {
    return this.kind === 'audio' || this.kind === 'key' || this.kind === 'inter'
  }
}

/** Builds a message from a parsed tag, copying its bytes; null for what must not go on (unknown types, empty tags, ends). */
export function toMessage(packet: AvPacket): MediaMessage | null {
  // Type before flags: an unknown message type has flags 0 and would pass for an audio configuration.
  const kind = KINDS[packet.codec_type]?.[packet.flags]
  if (!kind || packet.size < 2) return null
  let body = packet.data.subarray(0, packet.size)
  // AVC "end of sequence" is flagged like a frame, often like a key frame.
  if (packet.codec_type === VIDEO && ((body[0] ?? 0) & 15) === 7 && body[1] === 2) return null
  if (kind === 'meta') {
    if (body.subarray(0, SET_DATA_FRAME.length).equals(SET_DATA_FRAME)) body = body.subarray(SET_DATA_FRAME.length)
    if (!body.subarray(0, ON_META_DATA.length).equals(ON_META_DATA)) return null
  }
  const flv = Flv.createMessage({ ...packet, data: body, size: body.length })
  const data = flv.subarray(11, 11 + body.length)
  return new MediaMessage(kind, { ...packet, data, size: body.length }, flv)
}

/** Reads `onMetaData`; throws when it is malformed. */
export function readMeta(message: MediaMessage): StreamMeta {
  const object = decodeAmf0Data(message.data).dataObj
  const fields = new Map(typeof object === 'object' && object !== null ? Object.entries(object) : [])
  const size = (name: string): number => {
    const value: unknown = fields.get(name)
    return typeof value === 'number' && value >= 0 && value < 65536 ? Math.round(value) : 0
  }
  return {
    width: size('width'),
    height: size('height'),
    hasAudio: fields.has('audiocodecid'),
    hasVideo: fields.has('videocodecid') || size('width') > 0,
  }
}
