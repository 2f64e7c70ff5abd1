import type { Bytes } from './flv'

/** Sampling frequencies by index, ISO/IEC 14496-3 table 1.18. */
const RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000]

/** Reads rate and channels of an AudioSpecificConfig; null when it has no table rate. */
export function aacFormat(config: Bytes): { sampleRate: number; numberOfChannels: number } | null {
  const [a = 0, b = 0] = config
  const sampleRate = RATES[((a & 7) << 1) | (b >> 7)]
  const numberOfChannels = (b >> 3) & 15
  return sampleRate && numberOfChannels ? { sampleRate, numberOfChannels } : null
}

/** AAC tags of an FLV stream through WebCodecs. A broken decoder is set up again by the next config. */
export class AacDecoder {
  private decoder: AudioDecoder | null = null
  private config = ''

  constructor(private readonly output: (data: AudioData) => void) {}

  /** @param payload of an audio tag */
  tag(timestamp: number, payload: Bytes): void {
    const [head = 0, kind] = payload
    if (head >> 4 !== 10) return
    if (kind === 0) this.configure(payload.slice(2))
    else if (this.decoder?.state === 'configured') this.decode(timestamp, payload)
  }

  private decode(timestamp: number, payload: Bytes): void {
    this.decoder?.decode(new EncodedAudioChunk({ type: 'key', timestamp: timestamp * 1000, data: payload.subarray(2) }))
  }

  close(): void {
    if (this.decoder && this.decoder.state !== 'closed') this.decoder.close()
    this.decoder = null
    this.config = ''
  }

  private configure(description: Bytes): void {
    const format = aacFormat(description)
    const id = description.join()
    if (!format || (id === this.config && this.decoder?.state === 'configured')) return
    this.close()
    this.config = id
    this.decoder = new AudioDecoder({ output: this.output, error: () => this.close() })
    this.decoder.configure({ codec: 'mp4a.40.2', ...format, description })
  }
}
