/** What happened since the start. */
export interface Counters {
  /** Frames handed to a socket. */
  sent: number
  /** Priority 0 frames not handed to a socket whose reader is slow, or not broadcast at all. */
  dropped: number
  /** Connections ended because their reader was too slow. */
  slow: number
  /** Frames that were not JSON or not a documented frame. */
  badFrames: number
  /** Messages refused because their sender had sent too many. */
  rateLimited: number
  /** Messages refused because their sender was muted. */
  muted: number
  kicked: number
}

export const zeroCounters = (): Counters => ({
  sent: 0,
  dropped: 0,
  slow: 0,
  badFrames: 0,
  rateLimited: 0,
  muted: 0,
  kicked: 0,
})
