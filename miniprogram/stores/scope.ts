import type { Clock } from '../services/clock'

const nothing = () => {}

/**
 * One lifetime: of a room, of a visit to it, of a media tag. Whatever begins in it is registered here, and `end()` is the
 * only clean-up: afterwards no timer of it runs and no promise that it guards continues.
 */
export class Scope {
  private readonly ends = new Set<() => void>()
  private over = false

  constructor(readonly clock: Clock) {}

  get ended(): boolean {
    return this.over
  }

  /** Runs `fn` at the end, the latest first, or at once when it is over. The returned function forgets it. */
  onEnd(fn: () => void): () => void {
    if (this.over) {
      fn()
      return nothing
    }
    const entry = () => fn()
    this.ends.add(entry)
    return () => {
      this.ends.delete(entry)
    }
  }

  /** `clock.after` that dies with the scope. */
  after(ms: number, task: () => void): () => void {
    if (this.over) return nothing
    let forget = nothing
    const cancel = this.clock.after(ms, () => {
      forget()
      task()
    })
    forget = this.onEnd(cancel)
    return () => {
      forget()
      cancel()
    }
  }

  /** `clock.every` that dies with the scope. */
  every(ms: number, task: () => void): () => void {
    if (this.over) return nothing
    const cancel = this.clock.every(ms, task)
    const forget = this.onEnd(cancel)
    return () => {
      forget()
      cancel()
    }
  }

  /** Resolves after `ms`, never once the scope is over. */
  wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.after(ms, resolve)
    })
  }

  /** A lifetime inside this one; it may end earlier. */
  child(): Scope {
    const child = new Scope(this.clock)
    const forget = this.onEnd(() => child.end())
    child.onEnd(forget)
    return child
  }

  /** Settles like `promise` while the scope lives, and never after: the code behind an `await` of it does not run. */
  guard<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      promise.then(
        (value) => {
          if (!this.over) resolve(value)
        },
        (error: unknown) => {
          if (!this.over) reject(error)
        },
      )
    })
  }

  /** Idempotent. A clean-up that throws is reported and does not keep the others from running. */
  end(): void {
    if (this.over) return
    this.over = true
    for (const fn of [...this.ends].reverse()) {
      try {
        fn()
      } catch (error) {
        console.error('a clean-up failed', error)
      }
    }
    this.ends.clear()
  }
}
