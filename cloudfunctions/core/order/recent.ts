/** Keys that are kept at most; of more than that the oldest are forgotten. */
const SIZE = 1000

/** What was learnt a moment ago, and is believed for `ms`. Nothing but its age makes it go. */
export class Recent<T> {
  private readonly kept = new Map<string, { at: number; value: T }>()

  /** @param now ms since the epoch */
  constructor(
    private readonly ms: number,
    private readonly now: () => number,
  ) {}

  get(key: string, learn: () => T): T {
    const now = this.now()
    // A clock that was set back makes nothing last longer.
    const fresh = (at: number): boolean => Math.abs(now - at) < this.ms
    const known = this.kept.get(key)
    if (known && fresh(known.at)) return known.value
    this.kept.delete(key)
    for (const [old, { at }] of this.kept) {
      if (fresh(at) && this.kept.size < SIZE) break
      this.kept.delete(old)
    }
    const value = learn()
    this.kept.set(key, { at: now, value })
    return value
  }

  forget(key: string): void {
    this.kept.delete(key)
  }
}

/** The same for what has to be read first: those who ask meanwhile wait for one reading; a failed one is not kept. */
export class RecentlyRead<T> {
  private readonly recent: Recent<Promise<T>>

  constructor(ms: number, now: () => number) {
    this.recent = new Recent(ms, now)
  }

  get(key: string, read: () => Promise<T>): Promise<T> {
    return this.recent.get(key, () => {
      const reading = read()
      reading.catch(() => this.recent.forget(key))
      return reading
    })
  }
}
