import type { Size } from '../../preview/media/quality'

const even = (value: number) => Math.max(2, 2 * Math.round(value / 2))

/** The largest size that has the proportions of `source` and as many pixels as `target` at most; nothing is cut off it. */
export function wholeIn({ width = 0, height = 0 }: MediaTrackSettings, target: Size): Size {
  if (!width || !height) return target
  const scale = Math.min(1, Math.sqrt((target.width * target.height) / (width * height)))
  return { width: even(width * scale), height: even(height * scale) }
}
