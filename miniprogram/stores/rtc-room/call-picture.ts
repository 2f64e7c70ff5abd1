import type { CallPicture, PushMode } from '../media/handles'

/**
 * What a call pushes by its quality. Several pictures share one phone and one network, so they are small: the documents of
 * the original advise 200 to 500 kbps for a call of two, 150 to 300 for one of many.
 */
const SIZES: Record<PushMode, Omit<CallPicture, 'aspect'>> = {
  SD: { width: 240, height: 320, minBitrate: 150, maxBitrate: 300 },
  HD: { width: 360, height: 480, minBitrate: 200, maxBitrate: 500 },
  FHD: { width: 480, height: 640, minBitrate: 300, maxBitrate: 1200 },
}

export interface PictureWish {
  readonly quality?: PushMode | null
  readonly aspect?: CallPicture['aspect']
  /** kbps; null: as the quality has it. */
  readonly minBitrate?: number | null
  readonly maxBitrate?: number | null
}

/** The picture that is wished for; a range that is none becomes its smaller end. */
export function callPicture({ quality, aspect = '3:4', minBitrate, maxBitrate }: PictureWish = {}): CallPicture {
  const size = SIZES[quality ?? 'HD']
  const max = maxBitrate ?? size.maxBitrate
  const height = aspect === '9:16' ? (size.width * 16) / 9 : size.height
  return {
    ...size,
    aspect,
    height: 2 * Math.round(height / 2),
    minBitrate: Math.min(minBitrate ?? size.minBitrate, max),
    maxBitrate: max,
  }
}
