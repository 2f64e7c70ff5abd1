import type { AudioSource, EncodedPacket, MaybePromise, Output, VideoSource } from 'mediabunny'
import { type AudioConfig, aacConfig, avcConfig, type VideoConfig } from './decoder-config'
import type { MediaMessage } from './message'
import type { Subscriber } from './stream'

/** The library is heavy and needed rarely: whoever packs a stream loads it with the first one. */
export type Mediabunny = typeof import('mediabunny')

/** How long the first frame waits for the other track; tracks cannot be added later. */
const TRACK_WAIT_MS = 1500
/** The muxer holds back everything for a track that has fallen silent: after so long it must begin anew without it. */
const TRACK_LAG_MS = 3000
/** Clocks of encoders stagger a little; a larger step back is a new beginning. */
const BACKWARDS_MS = 500
/** Frames that may wait for the other track, whatever their time says. */
const MAX_PENDING = 2000
/** A stream in which nothing usable comes for so long is of other codecs. */
const USELESS_MS = 10_000
const LAST_FRAME_SECONDS = 0.04
/** What the muxer holds until the next key frame. */
const MAX_GOP_BYTES = 32 << 20

/** Why packing came to an end by itself. */
export type RemuxEnd =
  | { why: 'stream' }
  /** A track fell silent, appeared late or changed its configuration, or time ran backwards: another file can begin. */
  | { why: 'tracks' }
  | { why: 'failed'; message: string }

export interface RemuxerOptions {
  /** Makes the output, once it is known that there is something to pack. */
  createOutput: () => Output
  /** Run before the output is started, e.g. to make a folder. */
  prepare?: () => Promise<void>
  /** The output has been started. */
  onBegin?: () => void
  /** Called at most once; nothing is taken from then on. */
  onEnd: (end: RemuxEnd) => void
  /** Bytes that may wait for the output before it counts as too slow. */
  maxQueuedBytes: number
}

/** One track: its frames, each held back until the next one tells how long it lasts. */
interface Track {
  add: (packet: EncodedPacket) => Promise<void>
  /** Decode time of its latest frame, ms. */
  last: number
  held: { data: Uint8Array; type: 'key' | 'delta'; decode: number; present: number } | null
}

/** Packs a live stream into another container, without touching a frame: the common half of HLS and of recording. */
export class Remuxer implements Subscriber {
  #output: Output | null = null
  readonly #tracks: { video: Track | null; audio: Track | null } = { video: null, audio: null }
  #videoConfig: VideoConfig | null = null
  #audioConfig: AudioConfig | null = null
  #expected = { audio: true, video: true }
  /** Frames that came before it was clear which tracks there are. */
  #pending: MediaMessage[] = []
  #firstSeen: number | null = null
  #origin = 0
  #chain: Promise<void> = Promise.resolve()
  #queuedBytes = 0
  #gopBytes = 0
  #ended = false

  constructor(
    private readonly lib: Mediabunny,
    private readonly options: RemuxerOptions,
  ) {}

  /** Whether there has been something to pack. */
  get began(): boolean {
    return this.#output !== null
  }

  /** Size of the picture, as its configuration says; null without one. */
  get size(): { width: number; height: number } | null {
    const { video } = this.#tracks
    return video && this.#videoConfig
      ? { width: this.#videoConfig.codedWidth, height: this.#videoConfig.codedHeight }
      : null
  }

  start(tracks: { audio: boolean; video: boolean }, backlog: readonly MediaMessage[]): void {
    this.#expected = tracks
    for (const message of backlog) this.message(message)
  }

  message(message: MediaMessage): void {
    if (this.#ended) return
    if (message.kind === 'video-config' || message.kind === 'audio-config') this.#configure(message)
    else if (!message.isFrame) return
    else if (this.#output) this.#frame(message)
    else this.#wait(message)
  }

  end(): void {
    this.#end({ why: 'stream' })
  }

  /**
   * Completes the output with all that has been taken, and gives its length in seconds; null if there was nothing to
   * pack. Rejects when the output cannot be completed.
   */
  async finish(): Promise<number | null> {
    this.#ended = true
    if (!this.#output) return null
    let length = 0
    for (const track of [this.#tracks.video, this.#tracks.audio]) {
      const held = track?.held
      if (!track || !held) continue
      length = Math.max(length, held.decode / 1000 + LAST_FRAME_SECONDS)
      this.#chain = this.#chain.then(() => track.add(this.#packet(held, LAST_FRAME_SECONDS)))
    }
    await this.#chain
    await this.#output.finalize()
    return length
  }

  /** Gives the output up; resolves when it is closed. */
  async cancel(): Promise<void> {
    this.#ended = true
    this.#pending = []
    await this.#output?.cancel()
  }

  #end(end: RemuxEnd): void {
    if (this.#ended) return
    this.#ended = true
    this.#pending = []
    this.options.onEnd(end)
  }

  #configure(message: MediaMessage): void {
    const video = message.kind === 'video-config'
    const known = video ? this.#videoConfig : this.#audioConfig
    const config = video ? avcConfig(message.data) : aacConfig(message.data)
    const own = video ? this.#tracks.video : this.#tracks.audio
    if (own) {
      // Publishers repeat their configuration; a new one needs a new file.
      if (!config || !known || !Buffer.from(known.description).equals(config.description)) this.#end({ why: 'tracks' })
      return
    }
    if (video) this.#videoConfig = avcConfig(message.data)
    else this.#audioConfig = aacConfig(message.data)
  }

  /** Collects frames, from a key frame or a sound on, until both tracks are heard of or it has waited long enough. */
  #wait(frame: MediaMessage): void {
    const audio = frame.kind === 'audio'
    const known = this.#pending.some((earlier) => (earlier.kind === 'audio') === audio)
    const usable = audio ? this.#audioConfig : this.#videoConfig && (known || frame.kind === 'key')
    if (usable) this.#pending.push(frame)
    this.#firstSeen ??= frame.timestamp
    const [first] = this.#pending
    if (!first) {
      if (frame.timestamp - this.#firstSeen > USELESS_MS) {
        this.#end({ why: 'failed', message: 'the stream has neither an H.264 picture with key frames nor AAC sound' })
      }
      return
    }
    const video = this.#pending.some((earlier) => earlier.kind === 'key')
    const sound = this.#pending.some((earlier) => earlier.kind === 'audio')
    const complete = (video || !this.#expected.video) && (sound || !this.#expected.audio)
    const waited = frame.timestamp - first.timestamp
    if (!complete && waited < TRACK_WAIT_MS && this.#pending.length < MAX_PENDING) return
    this.#begin(first.timestamp, video, sound)
    const pending = this.#pending
    this.#pending = []
    for (const earlier of pending) this.#frame(earlier)
  }

  #begin(origin: number, video: boolean, sound: boolean): void {
    const { lib } = this
    this.#origin = origin
    const output = this.options.createOutput()
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
    this.#queue(0, async () => {
      await this.options.prepare?.()
      await output.start()
      this.options.onBegin?.()
    })
  }

  #frame(message: MediaMessage): void {
    if (this.#ended) return
    const audio = message.kind === 'audio'
    const [own, other] = audio ? [this.#tracks.audio, this.#tracks.video] : [this.#tracks.video, this.#tracks.audio]
    const time = message.timestamp - this.#origin
    if (time < 0 && !own?.held) return
    const silent = other !== null && time - other.last > TRACK_LAG_MS
    const unheard = !own && (audio ? this.#audioConfig : this.#videoConfig) !== null && time > TRACK_LAG_MS
    const backwards = own !== null && own.last - time > BACKWARDS_MS
    if (silent || unheard || backwards) {
      this.#end({ why: 'tracks' })
      return
    }
    if (!own) return
    const decode = Math.max(time, own.last)
    if (message.kind === 'key') this.#gopBytes = 0
    this.#gopBytes += message.data.length
    if (this.#tracks.video && this.#gopBytes > MAX_GOP_BYTES) {
      this.#end({ why: 'failed', message: 'no key frame comes any more' })
      return
    }
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
    this.#queue(held.data.length, () => own.add(this.#packet(held, seconds)))
  }

  #packet(frame: NonNullable<Track['held']>, seconds: number): EncodedPacket {
    return new this.lib.EncodedPacket(frame.data, frame.type, frame.present, seconds)
  }

  /** One step after the other. What the output refuses, or takes too slowly, ends this remuxer and nothing else. */
  #queue(bytes: number, step: () => MaybePromise<void>): void {
    this.#queuedBytes += bytes
    this.#chain = this.#chain.then(step).then(() => {
      this.#queuedBytes -= bytes
    })
    this.#chain.catch((error: unknown) => {
      this.#end({ why: 'failed', message: error instanceof Error ? error.message : String(error) })
    })
    if (this.#queuedBytes > this.options.maxQueuedBytes) {
      this.#end({ why: 'failed', message: 'the output takes the stream too slowly' })
    }
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
