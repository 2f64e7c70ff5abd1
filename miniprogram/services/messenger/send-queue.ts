import type { Clock } from '../clock'
import { MessengerError, type Priority } from './port'

/** How fast messages may leave. */
export interface Pace {
  perSecond: number
  /** So many may leave at once after a silence, and so many signals may borrow from the seconds to come. */
  burst: number
  /** So many may wait. */
  waiting: number
}

interface Entry {
  rank: number
  start(): void
  refuse(error: MessengerError): void
}

const RANK: Record<Priority, number> = { low: 0, normal: 1, high: 2 }

/**
 * Outgoing messages of one kind at a rate of their own. A signal never waits behind barrage: it leaves at once, on credit
 * if need be. When too many wait, the least important and youngest is refused with `rate-limited`.
 */
export class SendQueue {
  private readonly entries: Entry[] = []
  private tokens: number
  private filledAt: number
  private cancelPump: (() => void) | null = null

  constructor(
    private readonly clock: Clock,
    private readonly pace: Pace,
  ) {
    this.tokens = pace.burst
    this.filledAt = clock.now()
  }

  /** Runs `send` when its turn comes. Rejects as `send` does, or with `rate-limited`, or as `clear` says. */
  run<T>(priority: Priority, send: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const rank = RANK[priority]
      const behind = this.entries.findIndex((other) => other.rank < rank)
      const entry = { rank, start: () => send().then(resolve, reject), refuse: reject }
      this.entries.splice(behind < 0 ? this.entries.length : behind, 0, entry)
      this.pump()
      if (this.entries.length > this.pace.waiting) {
        this.entries.pop()?.refuse(new MessengerError('rate-limited', `more than ${this.pace.perSecond} a second`))
      }
    })
  }

  /** Refuses everything that still waits. */
  clear(error: MessengerError): void {
    this.cancelPump?.()
    this.cancelPump = null
    for (const entry of this.entries.splice(0)) entry.refuse(error)
  }

  private pump(): void {
    this.cancelPump?.()
    this.cancelPump = null
    this.fill()
    for (let next = this.entries[0]; next && this.tokens >= this.needs(next); next = this.entries[0]) {
      this.entries.shift()
      this.tokens -= 1
      next.start()
    }
    const [first] = this.entries
    if (!first) return
    const waitMs = ((this.needs(first) - this.tokens) * 1000) / this.pace.perSecond
    this.cancelPump = this.clock.after(Math.ceil(waitMs), () => this.pump())
  }

  private needs({ rank }: Entry): number {
    return rank === RANK.high ? 1 - this.pace.burst : 1
  }

  private fill(): void {
    const { burst, perSecond } = this.pace
    const now = this.clock.now()
    const passed = Math.max(0, now - this.filledAt)
    this.filledAt = now
    this.tokens = Math.min(burst, this.tokens + (passed * perSecond) / 1000)
  }
}
