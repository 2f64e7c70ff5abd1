import type { CallbackClient } from './callback-client'

/** Events that wait; a receiver that is this far behind loses the next ones. */
export const WAITING_MAX = 1000
/** Requests that are out at once. */
const OUT_MAX = 8
const TIMEOUT_MS = 5000

/** Tells the receiver what has happened, one event a request, in order of their beginning; nobody waits for it. */
export class AfterQueue {
  /** Events that were told, and those that were given up because too many waited. */
  readonly counters = { told: 0, lost: 0 }
  private readonly queue: { command: string; event: object }[] = []
  private out = 0

  constructor(private readonly client: CallbackClient) {}

  get waiting(): number {
    return this.queue.length
  }

  push(command: string, event: object): void {
    if (this.queue.length >= WAITING_MAX) {
      this.counters.lost += 1
      return
    }
    this.queue.push({ command, event })
    this.work()
  }

  private work(): void {
    while (this.out < OUT_MAX && !this.client.closed) {
      const next = this.queue.shift()
      if (!next) return
      this.out += 1
      void this.client.post(next.command, next.event, TIMEOUT_MS).then(() => {
        this.out -= 1
        this.counters.told += 1
        this.work()
      })
    }
  }
}
