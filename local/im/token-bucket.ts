/** Allows `perSecond` on average and `burst` at once. */
export class TokenBucket {
  private tokens: number
  private filledAt: number

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
    private readonly now: () => number,
  ) {
    this.tokens = burst
    this.filledAt = now()
  }

  /** Takes one token if there is one. */
  take(): boolean {
    const now = this.now()
    // A clock that was set back must not empty the bucket.
    const elapsed = Math.max(0, now - this.filledAt)
    this.filledAt = now
    this.tokens = Math.min(this.burst, this.tokens + (elapsed / 1000) * this.perSecond)
    if (this.tokens < 1) return false
    this.tokens -= 1
    return true
  }
}
