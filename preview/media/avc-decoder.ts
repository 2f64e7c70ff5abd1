import type { Bytes } from './flv'

/** A slower machine than the stream: beyond this many frames it skips to the next key frame. */
const MAX_QUEUE = 30

const hex = (bytes: Bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')

/** AVC tags of an FLV stream through WebCodecs, tuned for delay. Recovers from errors at the next key frame. */
export class AvcDecoder {
  private decoder: VideoDecoder | null = null
  private config: Bytes | null = null
  private configured = ''
  private waitForKey = true

  constructor(
    private readonly output: (frame: VideoFrame) => void,
    private readonly onError: (message: string) => void,
  ) {}

  /** @param payload of a video tag */
  tag(timestamp: number, payload: Bytes): void {
    const [head = 0, kind, c0 = 0, c1 = 0, c2 = 0] = payload
    if ((head & 15) !== 7) return
    if (kind === 0) {
      this.config = payload.slice(5)
      // Publishers repeat an unchanged config; only a different one needs a new decoder, at a key frame.
      if (hex(this.config) !== this.configured) this.waitForKey = true
      return
    }
    if (kind !== 1 || !this.config) return
    const key = head >> 4 === 1
    if (this.decoder && this.decoder.decodeQueueSize > MAX_QUEUE) this.waitForKey = true
    if (this.decoder?.state !== 'configured') this.waitForKey = true
    if (this.waitForKey && !key) return
    if (this.waitForKey) this.configure(this.config)
    this.waitForKey = false
    const shift = (((c0 << 16) | (c1 << 8) | c2) << 8) >> 8
    const time = (timestamp + shift) * 1000
    const data = payload.subarray(5)
    this.decoder?.decode(new EncodedVideoChunk({ type: key ? 'key' : 'delta', timestamp: time, data }))
  }

  close(): void {
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close()
    this.decoder = null
    this.configured = ''
    this.waitForKey = true
  }

  private configure(description: Bytes): void {
    const id = hex(description)
    if (id === this.configured && this.decoder?.state === 'configured') return
    this.close()
    this.configured = id
    this.decoder = new VideoDecoder({ output: this.output, error: (error) => this.onError(error.message) })
    this.decoder.configure({ codec: `avc1.${hex(description.subarray(1, 4))}`, description, optimizeForLatency: true })
  }
}
