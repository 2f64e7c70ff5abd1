/** One request to the database: `database.modifyDocument` of `rooms`. */
export interface DatabaseCall {
  action: string
  collection: string
}

/** What one piece of work asked of the database. */
export interface Trips<T> {
  result: T
  /** Every call, in the order in which they arrived. */
  calls: readonly DatabaseCall[]
  /** The calls by round: those of one round were under way together, none waited for the answer of another. */
  rounds: readonly (readonly DatabaseCall[])[]
}

/**
 * Turns of the event loop without a new call after which the work is taken to wait for answers. Each turn has one timer,
 * one poll and one immediate, and everything between a call of the SDK and its arrival here happens on this same loop
 * (a timer of 0 ms, a connection on loopback, a few ticks), so it is steps that are counted, not time: a slow machine has
 * slower turns, not more of them.
 */
const QUIET_TURNS = 40

/**
 * Counts calls and rounds of work that uses the database of this process: hand `onRequest` to `serveCloudbase`. While
 * something is measured, calls are held until the work can do nothing more without an answer; then all are let go
 * at once, and that is one round. Measure one thing at a time, with nothing else on the database; a pause of the work's own
 * (a back-off before a retry) belongs between two rounds.
 */
export class RoundTrips {
  private held: { call: DatabaseCall; release: () => void }[] | null = null
  private arrivals = 0

  readonly onRequest = (action: string, collection: string): Promise<void> | undefined => {
    const held = this.held
    if (!held) return undefined
    this.arrivals++
    return new Promise((release) => held.push({ call: { action, collection }, release }))
  }

  async measure<T>(work: () => Promise<T>): Promise<Trips<T>> {
    if (this.held) throw new Error('one measurement at a time')
    this.held = []
    const rounds: DatabaseCall[][] = []
    const progress = { done: false }
    const outcome = work().finally(() => {
      progress.done = true
    })
    // Looked at below; a failure before that must not count as unhandled.
    outcome.catch(() => undefined)
    try {
      while (!progress.done) {
        await this.quiet()
        const round = this.held.splice(0)
        if (round.length > 0) rounds.push(round.map(({ call }) => call))
        for (const { release } of round) release()
      }
      return { result: await outcome, calls: rounds.flat(), rounds }
    } finally {
      const left = this.held
      this.held = null
      for (const { release } of left) release()
    }
  }

  private async quiet(): Promise<void> {
    for (let turns = 0, seen = this.arrivals; turns < QUIET_TURNS; turns++) {
      await new Promise((resolve) => setTimeout(resolve, 0))
      await new Promise((resolve) => setImmediate(resolve))
      if (this.arrivals !== seen) turns = 0
      seen = this.arrivals
    }
  }
}
