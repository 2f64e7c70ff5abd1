import type { Bytes } from './flv'
import type { Painter } from './painter'
import { avcCodec, type Fit, type Size } from './quality'
import { readTrack } from './track-processor'

/** Seconds between key frames: what a viewer may have to wait for at most. */
export const GOP_SECONDS = 2
/** A screen on which nothing moves gives no frames: the last one is sent again after this long (ms), for whoever comes later. */
const STILL_MS = 500
/** Frames that the encoder may owe before new ones are dropped. */
const MAX_OWED = 2

export interface VideoOutput {
  /** AVCDecoderConfigurationRecord; before the first frame and after each change of size. */
  config(description: Bytes, ms: number): void
  frame(data: Bytes, key: boolean, ms: number): void
  /** The encoded size, at the start and when it changes. */
  size(size: Size): void
}

export interface VideoSettings {
  fps: number
  /** Bits per second. */
  bitrate: number
}

/** The picture of one push: frames of the camera, or black ones while it is off, through the H.264 encoder. */
export class VideoSender {
  private readonly encoder: VideoEncoder
  private reader: ReadableStreamDefaultReader<VideoFrame> | null = null
  private black: ReturnType<typeof setInterval> | undefined
  private still: { frame: VideoFrame | null; readonly timer: ReturnType<typeof setInterval> } | null = null
  private size: Size | null = null
  private configured = ''
  private last = -1
  private due = 0
  private lastKey = Number.NEGATIVE_INFINITY
  private stopped = false
  frames = 0
  dropped = 0
  bytes = 0

  /**
   * @param elapsed seconds since the stream's zero
   * @param congested true while the socket's queue is long: then frames are dropped before they cost anything
   */
  constructor(
    private readonly settings: () => VideoSettings,
    private readonly painter: Painter,
    private readonly target: () => Size,
    private readonly elapsed: () => number,
    private readonly congested: () => boolean,
    private readonly out: VideoOutput,
    private readonly onError: (error: unknown) => void,
  ) {
    this.encoder = new VideoEncoder({ error: onError, output: (chunk, meta) => this.emit(chunk, meta) })
  }

  /** Changes the camera; null sends black. */
  setTrack(track: MediaStreamTrack | null): void {
    clearInterval(this.black)
    this.endStill()
    void this.reader?.cancel().catch(() => {})
    this.reader = null
    if (this.stopped) return
    if (track?.getSettings().displaySurface) this.still = { frame: null, timer: this.repeatEvery(STILL_MS) }
    if (track) void this.read(track).catch(this.onError)
    else this.black = setInterval(() => this.sendBlack(), 1000 / this.settings().fps)
  }

  stop(): void {
    this.stopped = true
    this.setTrack(null)
    if (this.encoder.state !== 'closed') this.encoder.close()
  }

  private async read(track: MediaStreamTrack): Promise<void> {
    const reader = readTrack<VideoFrame>(track, 1)
    this.reader = reader
    let base: number | undefined
    for (;;) {
      const { value: frame, done } = await reader.read()
      if (done) break
      if (this.stopped || this.reader !== reader) {
        frame.close()
        break
      }
      try {
        base ??= frame.timestamp - this.elapsed() * 1e6
        this.keep(frame)
        this.send(frame, Math.round(frame.timestamp - base))
      } finally {
        frame.close()
      }
    }
    if (this.reader === reader && !this.stopped) this.setTrack(null)
  }

  private send(frame: VideoFrame, at: number): void {
    if (!this.admit(at)) return
    const plan = this.painter.plan(frame)
    this.encode(plan, at, () => this.painter.paint(frame, plan, at))
  }

  private keep(frame: VideoFrame): void {
    if (!this.still) return
    this.still.frame?.close()
    this.still.frame = frame.clone()
  }

  private repeatEvery(ms: number): ReturnType<typeof setInterval> {
    return setInterval(() => {
      const at = Math.round(this.elapsed() * 1e6)
      if (this.still?.frame && at - this.last >= ms * 1000) this.send(this.still.frame, at)
    }, ms)
  }

  private endStill(): void {
    clearInterval(this.still?.timer)
    this.still?.frame?.close()
    this.still = null
  }

  private sendBlack(): void {
    const at = Math.round(this.elapsed() * 1e6)
    const size = this.size ?? this.target()
    if (this.admit(at)) this.encode({ crop: { x: 0, y: 0, ...size }, size }, at, () => this.painter.black(size, at))
  }

  /** Drops what comes faster than the frame rate, what goes back in time, and everything while the way out is full. */
  private admit(at: number): boolean {
    const step = 1e6 / this.settings().fps
    if (at < this.due - 5000 || at <= this.last) return false
    if (this.encoder.encodeQueueSize > MAX_OWED || this.congested()) {
      this.dropped++
      return false
    }
    this.due = Math.max(this.due + step, at - step)
    this.last = at
    return true
  }

  private encode({ size }: Fit, at: number, paint: () => VideoFrame): void {
    if (this.encoder.state === 'closed') return
    const fresh = this.configure(size)
    const keyFrame = fresh || at - this.lastKey >= GOP_SECONDS * 1e6 - 1000
    if (keyFrame) this.lastKey = at
    const frame = paint()
    try {
      this.encoder.encode(frame, { keyFrame })
    } finally {
      frame.close()
    }
  }

  /** True when the encoder was set up anew, so that the next frame must be a key frame. */
  private configure(size: Size): boolean {
    const { fps, bitrate } = this.settings()
    const wanted = `${size.width}x${size.height}@${fps}/${bitrate}`
    if (wanted === this.configured) return false
    this.configured = wanted
    this.encoder.configure({
      ...size,
      codec: avcCodec(size, fps),
      bitrate,
      framerate: fps,
      latencyMode: 'realtime',
      avc: { format: 'avc' },
    })
    if (this.size?.width !== size.width || this.size.height !== size.height) {
      this.size = size
      this.out.size(size)
    }
    return true
  }

  private emit(chunk: EncodedVideoChunk, meta?: EncodedVideoChunkMetadata): void {
    if (this.stopped) return
    const ms = Math.max(0, Math.round(chunk.timestamp / 1000))
    const data = new Uint8Array(chunk.byteLength)
    chunk.copyTo(data)
    const description = meta?.decoderConfig?.description
    if (description) this.out.config(bytesOf(description), ms)
    this.frames++
    this.bytes += data.byteLength
    this.out.frame(data, chunk.type === 'key', ms)
  }
}

const bytesOf = (source: AllowSharedBufferSource): Bytes =>
  ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source).slice()
