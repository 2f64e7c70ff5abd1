/**
 * The codec files of node-media-server 4.4.3 that local/css uses. The package ships no types; these describe what was
 * read in its source, and only the part in use.
 */
declare module 'node-media-server/src/core/avpacket.js' {
  export = AvPacket
  /** One FLV tag. `data` may be the parser's reused buffer and longer than `size`: copy before keeping. */
  class AvPacket {
    /** 8 audio, 9 video, 18 script; any other RTMP message type passes through unchanged. */
    codec_type: number
    codec_id: number
    /** 0 audio config, 1 audio, 2 video config, 3 key frame, 4 inter frame, 5 script, 6 HDR information. */
    flags: number
    /** Milliseconds. */
    pts: number
    dts: number
    size: number
    data: Buffer
  }
}

declare module 'node-media-server/src/protocol/flv.js' {
  import type AvPacket from 'node-media-server/src/core/avpacket.js'
  export = Flv
  const Flv: {
    createHeader(hasAudio: boolean, hasVideo: boolean): Buffer
    createMessage(packet: AvPacket): Buffer
    /** Throws a RangeError on a truncated video tag. */
    parserTag(type: number, time: number, size: number, data: Buffer): AvPacket
  }
}

declare module 'node-media-server/src/protocol/rtmp.js' {
  import type AvPacket from 'node-media-server/src/core/avpacket.js'
  export = Rtmp
  class Rtmp {
    static createMessage(packet: AvPacket): Buffer
    parserPacket: { header: { length: number; stream_id: number } }
    inPackets: Map<number, unknown>
    inChunkSize: number
    /** What the client said at `connect`; unchecked. */
    streamApp: unknown
    streamName: string
    streamId: number
    onPacketCallback: (packet: AvPacket) => void
    onOutputCallback: (bytes: Buffer) => void
    /** Throws on malformed input; returns a text on some errors. */
    parserData(bytes: Buffer): string | null
    packetAlloc(): void
    controlHandler(): void
    onPublish(message: { streamName?: unknown }): void
    onPlay(message: { streamName?: unknown }): void
    onDeleteStream(message: unknown): void
    respondPublish(): void
    respondPlay(): void
    sendStatusMessage(streamId: number, level: string, code: string, description: string): void
  }
}

declare module 'node-media-server/src/protocol/amf.js' {
  /** Throws on malformed input. */
  export function decodeAmf0Data(bytes: Buffer): { cmd?: unknown; dataObj?: unknown }
  export function encodeAmf0Cmd(message: { cmd: string; [field: string]: unknown }): Buffer
  export function encodeAmf0Data(message: { cmd: string; [field: string]: unknown }): Buffer
}

declare module 'node-media-server/src/protocol/sps_info.js' {
  /** Never throws: unreadable input gives zeros. */
  export function parseH264Sps(sps: Buffer): { width: number; height: number } | null
}

declare module 'node-media-server/src/core/logger.js' {
  const logger: { log: (message: unknown, level?: string) => void }
  export = logger
}
