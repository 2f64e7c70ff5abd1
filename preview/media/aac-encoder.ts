import type { AudioSampleSource, Output } from 'mediabunny'
import type { Bytes } from './flv'

/** Samples a second of everything that is encoded. */
export const AAC_RATE = 48_000

export interface AacOutput {
  /** AudioSpecificConfig; once, before the first packet. */
  config(description: Bytes): void
  packet(data: Bytes, seconds: number): void
}

/** AAC-LC mono. Uses the browser's encoder where it has one, else FFmpeg's in a worker, loaded only then (1 MB). */
export class AacEncoder {
  private constructor(
    private readonly bunny: typeof import('mediabunny'),
    private readonly source: AudioSampleSource,
    private readonly output: Output,
  ) {}

  static async open(bitrate: number, out: AacOutput): Promise<AacEncoder> {
    const bunny = await import('mediabunny')
    if (!(await bunny.canEncodeAudio('aac'))) (await import('@mediabunny/aac-encoder')).registerAacEncoder()
    let configured = false
    const source = new bunny.AudioSampleSource({
      codec: 'aac',
      bitrate,
      onEncodedPacket(packet, meta) {
        const description = meta?.decoderConfig?.description
        if (!configured && description) {
          configured = true
          out.config(copyOf(description))
        }
        out.packet(copyOf(packet.data), packet.timestamp)
      },
    })
    // The container is thrown away; only its encoder driver is wanted.
    const output = new bunny.Output({
      format: new bunny.Mp4OutputFormat({ fastStart: 'fragmented' }),
      target: new bunny.NullTarget(),
    })
    output.addAudioTrack(source)
    await output.start()
    return new AacEncoder(bunny, source, output)
  }

  /** @param samples mono at AAC_RATE */
  async add(samples: Float32Array<ArrayBuffer>, seconds: number): Promise<void> {
    const sample = new this.bunny.AudioSample({
      format: 'f32-planar',
      sampleRate: AAC_RATE,
      numberOfChannels: 1,
      timestamp: seconds,
      data: samples,
    })
    try {
      await this.source.add(sample)
    } finally {
      sample.close()
    }
  }

  close(): void {
    void this.output.cancel().catch(() => {})
  }
}

function copyOf(source: AllowSharedBufferSource): Bytes {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source).slice()
}
