import type { Clock } from '../../../miniprogram/services/clock'

interface Timer {
  at: number
  order: number
  every: number | null
  task: () => void
}

/** Lets every promise that can settle do so. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** Time that passes only when the test says so, and chance that repeats. */
export class FakeClock implements Clock {
  private time = 1_700_000_000_000
  private order = 0
  private seed = 7
  private readonly timers = new Set<Timer>()

  now = () => this.time
  after = (ms: number, task: () => void) => this.add(ms, null, task)
  every = (ms: number, task: () => void) => this.add(ms, ms, task)
  random = (): number => {
    this.seed = (this.seed * 16_807) % 2_147_483_647
    return this.seed / 2_147_483_647
  }

  /** Timers that somebody still waits for. */
  get pending(): number {
    return this.timers.size
  }

  /** Lets `ms` pass: timers run in their order, and between them whatever their promises lead to. */
  async pass(ms: number): Promise<void> {
    const end = this.time + ms
    await settled()
    for (let next = this.due(end); next; next = this.due(end)) {
      this.run(next)
      await settled()
    }
    this.time = end
  }

  /** `pass` for what waits for no promise: runs what is due on the way, in order. */
  advance(ms: number): void {
    const end = this.time + ms
    for (let next = this.due(end); next; next = this.due(end)) this.run(next)
    this.time = end
  }

  private run(next: Timer): void {
    this.time = Math.max(this.time, next.at)
    if (next.every === null) this.timers.delete(next)
    else next.at += next.every
    next.task()
  }

  private due(end: number): Timer | undefined {
    return [...this.timers].filter((t) => t.at <= end).sort((a, b) => a.at - b.at || a.order - b.order)[0]
  }

  private add(ms: number, every: number | null, task: () => void): () => void {
    this.order++
    const timer: Timer = { at: this.time + Math.max(0, ms), order: this.order, every, task }
    this.timers.add(timer)
    return () => {
      this.timers.delete(timer)
    }
  }
}
