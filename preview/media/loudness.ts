/** How often tags report it (ms), as the phones' SDK does when nobody says otherwise. */
export const VOLUME_MS = 300
/** What is as quiet as this counts as nothing (dB below full scale). */
const FLOOR = 50

/** 0 (nothing to be heard) to 100 (full scale), for the mean power of some samples. Even steps are heard as such. */
export function volumeOf(power: number): number {
  const db = power > 0 ? 10 * Math.log10(power) : Number.NEGATIVE_INFINITY
  return Math.round(Math.min(100, Math.max(0, ((db + FLOOR) / FLOOR) * 100)))
}

/** Sums up samples between two questions. */
export class Loudness {
  private sum = 0
  private count = 0

  add(samples: Float32Array): void {
    for (const sample of samples) this.sum += sample * sample
    this.count += samples.length
  }

  /** Of everything since the last time. */
  take(): number {
    const volume = volumeOf(this.count ? this.sum / this.count : 0)
    this.sum = 0
    this.count = 0
    return volume
  }
}
