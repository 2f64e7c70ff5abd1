import type { Output } from 'mediabunny'
import type { MediaMessage } from './message'
import { type Mediabunny, Remuxer } from './remuxer'
import type { Subscriber } from './stream'

const SEGMENT_SECONDS = 2
const SEGMENTS = 6
/** Everything stays in memory, where nothing is slow: only a stream that the muxer cannot follow comes near this. */
const MAX_QUEUED_BYTES = 64 << 20

/** Turns a live stream into HLS: MPEG-TS segments of about two seconds, the last six of them, in memory. */
export class HlsPackager implements Subscriber {
  readonly segments = new Map<string, Uint8Array>()
  /** Media playlist, with segment names relative to it; null until the first segment is complete. */
  playlist: string | null = null
  readonly #remuxer: Remuxer
  #ended = false

  constructor(
    private readonly lib: Mediabunny,
    /** Called when a playlist is there for the first time, and at the end, which may come before that of the stream. */
    private readonly onChange: () => void,
  ) {
    this.#remuxer = new Remuxer(lib, {
      createOutput: () => this.#createOutput(),
      onEnd: () => this.end(),
      maxQueuedBytes: MAX_QUEUED_BYTES,
    })
  }

  get ended(): boolean {
    return this.#ended
  }

  start(tracks: { audio: boolean; video: boolean }, backlog: readonly MediaMessage[]): void {
    this.#remuxer.start(tracks, backlog)
  }

  message(message: MediaMessage): void {
    this.#remuxer.message(message)
  }

  end(): void {
    if (this.#ended) return
    this.#ended = true
    this.segments.clear()
    this.playlist = null
    // It may be cancelled in the middle of a write; there is nothing left to save.
    this.#remuxer.cancel().catch(() => undefined)
    this.onChange()
  }

  #createOutput(): Output {
    const { lib } = this
    return new lib.Output({
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
}
