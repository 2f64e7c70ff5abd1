import { parseH264Sps } from 'node-media-server/src/protocol/sps_info.js'

/** Sample rates by the index of an AudioSpecificConfig (ISO/IEC 14496-3). */
const SAMPLE_RATES = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350]

export interface VideoConfig {
  codec: string
  codedWidth: number
  codedHeight: number
  description: Uint8Array
}

export interface AudioConfig {
  codec: string
  sampleRate: number
  numberOfChannels: number
  description: Uint8Array
}

/** Body of an FLV video configuration tag -> WebCodecs description; null if it is not H.264 or unreadable. */
export function avcConfig(body: Buffer): VideoConfig | null {
  const avcC = body.subarray(5)
  if (((body[0] ?? 0) & 15) !== 7 || avcC.length < 8) return null
  const size = parseH264Sps(avcC.subarray(8, 8 + avcC.readUInt16BE(6)))
  if (!size) return null
  const codec = `avc1.${avcC.toString('hex', 1, 4)}`
  return { codec, codedWidth: size.width, codedHeight: size.height, description: new Uint8Array(avcC) }
}

/** Body of an FLV audio configuration tag -> WebCodecs description; null if it is not AAC or unreadable. */
export function aacConfig(body: Buffer): AudioConfig | null {
  const asc = body.subarray(2)
  if ((body[0] ?? 0) >> 4 !== 10 || asc.length < 2) return null
  const bits = asc.readUInt16BE(0)
  const sampleRate = SAMPLE_RATES[(bits >> 7) & 15]
  const numberOfChannels = (bits >> 3) & 15
  if (!sampleRate || numberOfChannels === 0) return null
  return { codec: `mp4a.40.${bits >> 11}`, sampleRate, numberOfChannels, description: new Uint8Array(asc) }
}
