import { RoomApiError } from '../services/room-api/port'

export interface RetryContext {
  /** Tries that have failed since the last success, 1 after the first. */
  tries: number
  /** Since the first of them (ms). */
  elapsedMs: number
}

/** How long until the next try; null says stop. */
export interface RetryPlan {
  next(context: RetryContext): number | null
}

const DELAYS = [0, 300, 1200, 2700, 4800, 7000]
const JITTER_MS = 1000

/** 0, 0.3, 1.2, 2.7, 4.8, then 7 s for ever; from the third on up to a second of jitter, so that a crowd spreads out. */
export function standardPlan(random: () => number): RetryPlan {
  return {
    next({ tries }) {
      const index = Math.min(Math.max(tries, 1), DELAYS.length) - 1
      return (DELAYS[index] ?? 0) + (index >= 2 ? random() * JITTER_MS : 0)
    },
  }
}

/** What a refusal for too many calls asks for (ms), else 0. */
export function askedDelay(error: unknown): number {
  const asked = error instanceof RoomApiError && error.code === 'rate-limited' ? error.details.retryInMs : 0
  return typeof asked === 'number' && asked > 0 ? Math.min(asked, 60_000) : 0
}
