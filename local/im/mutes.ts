/** Tencent's `MuteTime` that never ends: the largest number of 32 bits. */
export const FOR_GOOD_S = 2 ** 32 - 1

/** Who may not write in one group, and until when (ms since the epoch). */
export class Mutes {
  /** Nobody but the owner may write. */
  everybody = false
  private readonly until = new Map<string, number>()

  constructor(
    private readonly owner: string,
    private readonly now: () => number,
  ) {}

  silences(userId: string): boolean {
    if (this.everybody && userId !== this.owner) return true
    return (this.until.get(userId) ?? 0) > this.now()
  }

  /** Until then, as of now on; an instant that is over lifts it. Those who are over by themselves are forgotten. */
  set(userIds: readonly string[], until: number): void {
    for (const userId of userIds) this.until.set(userId, until)
    for (const [userId, end] of this.until) if (end <= this.now()) this.until.delete(userId)
  }

  list(): { userId: string; until: number }[] {
    const now = this.now()
    return [...this.until].flatMap(([userId, until]) => (until > now ? [{ userId, until }] : []))
  }
}
