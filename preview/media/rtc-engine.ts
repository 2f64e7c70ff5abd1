import { AacDecoder } from './aac-decoder'
import { AvcDecoder } from './avc-decoder'
import { AUDIO, VIDEO } from './flv'
import type { FlvTag } from './flv-demux'
import { Loudness } from './loudness'
import type { EngineEvents, PlayEngine } from './play-engine'
import { SoundQueue } from './sound-queue'
import { speakers } from './speakers'

/** Nothing new for this long is a stall. */
const STALL_MS = 1000

/** `mode="RTC"`: WebCodecs to a canvas, drawn as decoded, and sound through a queue of 80 ms. */
export class RtcEngine implements PlayEngine {
  frames = 0
  readonly cache = 0
  private readonly pen: CanvasRenderingContext2D
  private readonly video: AvcDecoder
  private readonly audio: AacDecoder
  private readonly sound = new SoundQueue(speakers.context())
  private readonly loudness = new Loudness()
  private readonly watch: ReturnType<typeof setInterval>
  private started = false
  private stalled = false
  private paused = false
  private gain = 1
  private shownAt = 0

  constructor(
    readonly surface: HTMLCanvasElement,
    private readonly on: EngineEvents,
  ) {
    const pen = surface.getContext('2d', { alpha: false })
    if (!pen) throw new Error('no 2d canvas')
    this.pen = pen
    this.video = new AvcDecoder(
      (frame) => this.show(frame),
      () => {},
    )
    this.audio = new AacDecoder((data) => this.hear(data))
    this.watch = setInterval(() => this.check(), STALL_MS / 2)
  }

  begin(): void {
    this.frames = 0
    this.started = false
    this.stalled = false
    this.video.close()
    this.audio.close()
    this.sound.reset()
  }

  bytes(): void {}

  tag({ type, timestamp, payload }: FlvTag): void {
    if (type === VIDEO) this.video.tag(timestamp, payload)
    else if (type === AUDIO) this.audio.tag(timestamp, payload)
  }

  setGain(gain: number): void {
    this.gain = gain
    this.sound.setGain(this.paused ? 0 : gain)
  }

  setPaused(paused: boolean): void {
    this.paused = paused
    this.setGain(this.gain)
  }

  volume(): number {
    return this.loudness.take()
  }

  destroy(): void {
    clearInterval(this.watch)
    this.video.close()
    this.audio.close()
    this.sound.close()
  }

  private show(frame: VideoFrame): void {
    const { displayWidth: width, displayHeight: height } = frame
    if (!this.paused) {
      if (this.surface.width !== width || this.surface.height !== height) {
        Object.assign(this.surface, { width, height })
        this.on.size(width, height)
      }
      this.pen.drawImage(frame, 0, 0)
    }
    frame.close()
    this.frames++
    this.alive()
  }

  private hear(data: AudioData): void {
    const samples = new Float32Array(data.numberOfFrames)
    data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' })
    this.loudness.add(samples)
    this.sound.play(data)
    if (!this.frames) this.alive()
  }

  private alive(): void {
    this.shownAt = performance.now()
    if (!this.started) {
      this.started = true
      this.on.first()
    } else if (this.stalled) this.on.resumed()
    this.stalled = false
  }

  private check(): void {
    if (!this.started || this.stalled || performance.now() - this.shownAt < STALL_MS) return
    this.stalled = true
    this.on.stalled()
  }
}
