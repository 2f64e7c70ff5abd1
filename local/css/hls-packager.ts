import type { AudioSource, EncodedPacket, MaybePromise, Output, VideoSource } from 'mediabunny'
import { type AudioConfig, aacConfig, avcConfig, type VideoConfig } from './decoder-config'
import type { MediaMessage } from './message'
import type { Subscriber } from './stream'

/** The library is heavy and HLS rare: it is loaded with the first HLS request. */
export type Mediabunny = typeof import('mediabunny')

const SEGMENT_SECONDS = 2
const SEGMENTS = 6
/** How long the first frame waits for the other track; tracks cannot be added later. */
const TRACK_WAIT_MS = 1500
/** The muxer holds back everything for a track that has fallen silent: after so long it must begin anew without it. */
const TRACK_LAG_MS = 3000
const LAST_FRAME_SECONDS = 0.04

/** One track: its frames, each held back until the next one tells how long it lasts. */
interface Track {
  add: (packet: EncodedPacket) => Promise<void>
  /** Decode time of its latest frame, ms. */
  last: number
  held: { data: Uint8Array; type: 'key' | 'delta'; decode: number; present: number } | null
}

/** Turns a live stream into HLS: MPEG-TS segments of about two seconds, the last six of them, in memory. */
export class HlsPackager implements Subscriber {
  readonly segments = new Map<string, Uint8Array>()
  /** Media playlist, with segment names relative to it; null until the first segment is complete. */
  playlist: string | null = null
  #output: Output | null = null
  readonly #tracks: { video: Track | null; audio: Track | null } = { video: null, audio: null }
  #videoConfig: VideoConfig | null = null
  #audioConfig: AudioConfig | null = null
  #expected = { audio: true, video: true }
  /** Frames that came before it was clear which tracks there are. */
  #pending: MediaMessage[] = []
  #origin = 0
  #chain: Promise<void> = Promise.resolve()
  #ended = false

  constructor(
    private readonly lib: Mediabunny,
    /** Called when a playlist is there for the first time, and at the end, which may come before that of the stream. */
    private readonly onChange: () => void,
  ) {}

  get ended(): boolean {
    return this.#ended
  }

  start(tracks: { audio: boolean; video: boolean }, backlog: readonly MediaMessage[]): void {
    this.#expected = tracks
    for (const message of backlog) this.message(message)
  }

  message(message: MediaMessage): void {
    if (this.#ended) return
    if (message.kind === 'video-config') this.#videoConfig ??= avcConfig(message.data)
    if (message.kind === 'audio-config') this.#audioConfig ??= aacConfig(message.data)
    if (!message.isFrame) return
    if (this.#output) this.#frame(message)
    else this.#wait(message)
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.#pending = []
    this.segments.clear()
    this.playlist = null
    // It may be cancelled in the middle of a write; there is nothing left to save.
    this.#output?.cancel().catch(() => undefined)
    this.onChange()
  }

  /** Collects frames, from a key frame or a sound on, until both tracks are heard of or it has waited long enough. */
  #wait(frame: MediaMessage): void {
    const audio = frame.kind === 'audio'
    const known = this.#pending.some((earlier) => (earlier.kind === 'audio') === audio)
    const usable = audio ? this.#audioConfig : this.#videoConfig && (known || frame.kind === 'key')
    if (usable) this.#pending.push(frame)
    const [first] = this.#pending
    if (!first) return
    const video = this.#pending.some((earlier) => earlier.kind === 'key')
    const sound = this.#pending.some((earlier) => earlier.kind === 'audio')
    const complete = (video || !this.#expected.video) && (sound || !this.#expected.audio)
    if (!complete && frame.timestamp - first.timestamp < TRACK_WAIT_MS) return
    this.#begin(first.timestamp, video, sound)
    for (const earlier of this.#pending) this.#frame(earlier)
    this.#pending = []
  }

  #begin(origin: number, video: boolean, sound: boolean): void {
    const lib = this.lib
    this.#origin = origin
    const output = new lib.Output({
      format: new lib.HlsOutputFormat({
        segmentFormat: new lib.MpegTsOutputFormat(),
        live: true,
        targetDuration: SEGMENT_SECONDS,
        maxLiveSegmentCount: SEGMENTS,
        onPlaylist: (content) => this.#publish(content),
        onSegmentPopped: (path) => this.segments.delete(path),
      }),
      target: new lib.PathedTarget('index.m3u8', ({ path }) => this.#target(path)),
    })
    this.#output = output
    if (video && this.#videoConfig) {
      const source = new lib.EncodedVideoPacketSource('avc')
      output.addVideoTrack(source)
      this.#tracks.video = track(source, { decoderConfig: this.#videoConfig })
    }
    if (sound && this.#audioConfig) {
      const source = new lib.EncodedAudioPacketSource('aac')
      output.addAudioTrack(source)
      this.#tracks.audio = track(source, { decoderConfig: this.#audioConfig })
    }
    this.#queue(() => output.start())
  }

  #target(path: string): InstanceType<Mediabunny['BufferTarget' | 'NullTarget']> {
    if (path.endsWith('.m3u8')) return new this.lib.NullTarget()
    return new this.lib.BufferTarget({ onFinalize: (buffer) => void this.segments.set(path, new Uint8Array(buffer)) })
  }

  #publish(content: string): void {
    if (this.#ended) return
    const first = this.playlist === null
    this.playlist = content
    if (first) this.onChange()
  }

  #frame(message: MediaMessage): void {
    const audio = message.kind === 'audio'
    const [own, other] = audio ? [this.#tracks.audio, this.#tracks.video] : [this.#tracks.video, this.#tracks.audio]
    const decode = message.timestamp - this.#origin
    if (decode < 0) return
    const silent = other !== null && decode - other.last > TRACK_LAG_MS
    const unheard = !own && (audio ? this.#audioConfig : this.#videoConfig) !== null && decode > TRACK_LAG_MS
    if (silent || unheard) this.end()
    if (!own || this.#ended) return
    const [headerBytes, offset] = audio ? [2, 0] : [5, message.data.readIntBE(2, 3)]
    const { held } = own
    own.last = decode
    own.held = {
      data: message.data.subarray(headerBytes),
      type: message.kind === 'inter' ? 'delta' : 'key',
      decode,
      present: Math.max(0, decode + offset) / 1000,
    }
    if (!held) return
    const seconds = decode > held.decode ? (decode - held.decode) / 1000 : LAST_FRAME_SECONDS
    this.#queue(() => own.add(new this.lib.EncodedPacket(held.data, held.type, held.present, seconds)))
  }

  /** One step after the other; a stream that the muxer refuses ends this packager, not the process. */
  #queue(step: () => MaybePromise<void>): void {
    this.#chain = this.#chain.then(() => (this.#ended ? undefined : step())).catch(() => this.end())
  }
}

/** The first packet of a track carries its configuration. */
function track<Meta>(
  source: { add(packet: EncodedPacket, meta?: Meta): Promise<void> } & (AudioSource | VideoSource),
  meta: Meta,
): Track {
  let first: Meta | undefined = meta
  return {
    held: null,
    last: 0,
    add: (packet) => {
      const send = source.add(packet, first)
      first = undefined
      return send
    },
  }
}
