import { AAC_RATE, AacEncoder, type AacOutput } from './aac-encoder'
import { resample } from './resample'
import { readTrack } from './track-processor'

const SILENCE_MS = 40
/** Sound goes to the encoder in blocks of this length (s): a drawn track comes in pieces of 3 ms, too many to send one by one. */
const BLOCK = 0.02
/** Encoder queue of the worker; beyond it sound is dropped rather than delayed. */
const MAX_PENDING = 12

/**
 * The sound of one push: the microphone's samples, or silence while there is none. The audio track of a stream never
 * stops, because players wait for a track that was announced.
 */
export class AudioSender {
  private encoder: AacEncoder | null = null
  private reader: ReadableStreamDefaultReader<AudioData> | null = null
  private silence: ReturnType<typeof setInterval> | undefined
  private track: MediaStreamTrack | null = null
  private stopped = false
  private pending = 0
  private last = -1
  packets = 0
  bytes = 0

  /** @param elapsed seconds since the stream's zero, the clock it shares with the picture */
  constructor(
    private readonly elapsed: () => number,
    private readonly out: AacOutput,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Loads the encoder; only then reads the track, since a reader made earlier would hold stale sound. */
  async open(bitrate: number): Promise<void> {
    const encoder = await AacEncoder.open(bitrate, {
      config: (description) => this.stopped || this.out.config(description),
      packet: (data, seconds) => {
        if (this.stopped) return
        this.packets++
        this.bytes += data.byteLength
        this.out.packet(data, seconds)
      },
    })
    if (this.stopped) return encoder.close()
    this.encoder = encoder
    this.setTrack(this.track)
  }

  /** Changes the microphone; null sends silence. */
  setTrack(track: MediaStreamTrack | null): void {
    this.track = track
    this.endSource()
    if (!this.encoder || this.stopped) return
    if (track) void this.read(track).catch(this.onError)
    else this.silence = setInterval(() => this.fill(), SILENCE_MS)
  }

  stop(): void {
    this.stopped = true
    this.endSource()
    this.encoder?.close()
  }

  private endSource(): void {
    clearInterval(this.silence)
    void this.reader?.cancel().catch(() => {})
    this.reader = null
  }

  private async read(track: MediaStreamTrack): Promise<void> {
    const reader = readTrack<AudioData>(track, 20)
    this.reader = reader
    let base: number | undefined
    let block: number[] = []
    let from = 0
    for (;;) {
      const { value: data, done } = await reader.read()
      if (done) break
      if (this.stopped || this.reader !== reader) {
        data.close()
        break
      }
      const { sampleRate, timestamp } = data
      base ??= timestamp / 1e6 - this.elapsed()
      const samples = new Float32Array(data.numberOfFrames)
      data.copyTo(samples, { planeIndex: 0, format: 'f32-planar' })
      data.close()
      if (block.length === 0) from = timestamp / 1e6 - base
      block.push(...samples)
      if (block.length < BLOCK * sampleRate) continue
      // The next pieces do not wait for the encoder: what nobody reads is lost.
      this.add(resample(Float32Array.from(block), sampleRate, AAC_RATE), from).catch(this.onError)
      block = []
    }
    // A device that was unplugged ends its track: the stream goes on in silence.
    if (this.reader === reader && !this.stopped) this.setTrack(null)
  }

  private fill(): void {
    const from = Math.max(this.last, 0)
    const samples = Math.floor((this.elapsed() - from) * AAC_RATE)
    if (samples <= 0) return
    // After a throttled timer the rest of a long gap is left out.
    void this.add(new Float32Array(Math.min(samples, AAC_RATE)), from).catch(this.onError)
  }

  private async add(samples: Float32Array<ArrayBuffer>, at: number): Promise<void> {
    if (!this.encoder || this.pending > MAX_PENDING) return
    const seconds = Math.max(at, this.last, 0)
    this.last = seconds + samples.length / AAC_RATE
    this.pending++
    try {
      await this.encoder.add(samples, seconds)
    } catch (error) {
      if (!this.stopped) this.onError(error)
    } finally {
      this.pending--
    }
  }
}
