/** Time and chance, injected everywhere so that tests own them. */
export interface Clock {
  /** Local time, ms since the epoch. */
  now(): number
  /** Runs `task` once after `ms`; the returned function cancels it. */
  after(ms: number, task: () => void): () => void
  /** Runs `task` every `ms`; the returned function ends it. */
  every(ms: number, task: () => void): () => void
  /** 0 <= x < 1. */
  random(): number
}
