/** What the picture of a push looks like; sizes are even, as H.264 wants them. */
export interface Size {
  width: number
  height: number
}
export type PushMode = 'SD' | 'HD' | 'FHD' | 'RTC'
export type Orientation = 'vertical' | 'horizontal'
export type Aspect = '3:4' | '9:16'

/** Short side of each mode in pixels, and the bitrate (kbps) that suits it. */
const MODES: Record<PushMode, { short: number; kbps: number }> = {
  SD: { short: 360, kbps: 800 },
  HD: { short: 540, kbps: 1200 },
  FHD: { short: 1080, kbps: 2500 },
  RTC: { short: 360, kbps: 600 },
}

/** The next even number: H.264 wants no other. */
export const even = (value: number) => Math.max(2, 2 * Math.round(value / 2))

/** The size a mode asks for: 9:16 or 3:4, standing or lying. Unknown modes count as RTC, WeChat's default. */
export function targetSize(mode: string, orientation: string, aspect: string): Size {
  const { short } = MODES[mode as PushMode] ?? MODES.RTC
  const long = even(aspect === '3:4' ? (short * 4) / 3 : (short * 16) / 9)
  return orientation === 'horizontal' ? { width: long, height: short } : { width: short, height: long }
}

/** Bits per second for the picture; a limit of 0 or below is none. */
export function videoBitrate(mode: string, minKbps: number, maxKbps: number): number {
  const { kbps } = MODES[mode as PushMode] ?? MODES.RTC
  const capped = maxKbps > 0 ? Math.min(kbps, maxKbps) : kbps
  return Math.max(capped, Math.max(minKbps, 0)) * 1000
}

export interface Fit {
  /** The part of the source to take; even, so that chroma planes can be cut. */
  crop: { x: number; y: number; width: number; height: number }
  /** What to encode: the target, or smaller when the source has fewer pixels. Same proportions as `crop`. */
  size: Size
}

/** Cuts the middle out of a source so that scaling it to `target` does not stretch it; never scales up. */
export function cropTo(source: Size, target: Size): Fit {
  const scale = Math.min(source.width / target.width, source.height / target.height)
  const width = Math.min(even(target.width * scale), source.width - (source.width % 2))
  const height = Math.min(even(target.height * scale), source.height - (source.height % 2))
  const x = 2 * Math.floor((source.width - width) / 4)
  const y = 2 * Math.floor((source.height - height) / 4)
  return {
    crop: { x, y, width, height },
    size: scale >= 1 ? { ...target } : { width, height },
  }
}

/** H.264 levels: [level_idc, macroblocks in a frame, macroblocks a second] (ITU-T H.264 table A-1). */
const LEVELS: readonly [number, number, number][] = [
  [0x1e, 1620, 40_500],
  [0x1f, 3600, 108_000],
  [0x28, 8192, 245_760],
  [0x33, 36_864, 983_040],
]

/** Codec string of Constrained Baseline (no B-frames) at the lowest level that holds the size; too low a level is refused. */
export function avcCodec(size: Size, fps: number): string {
  const blocks = Math.ceil(size.width / 16) * Math.ceil(size.height / 16)
  const level = LEVELS.find(([, frame, second]) => blocks <= frame && blocks * fps <= second) ?? [0x33]
  return `avc1.42E0${level[0].toString(16).toUpperCase()}`
}
