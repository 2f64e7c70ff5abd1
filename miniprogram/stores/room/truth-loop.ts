import { askedDelay, type RetryPlan } from '../retry-plan'
import type { Scope } from '../scope'

export interface TruthLoopDeps {
  scope: Scope
  retry: RetryPlan
  /** One question to the server. A rejection means: ask again soon. What is final, it handles itself and resolves. */
  ask(): Promise<void>
  /** How long the truth is good for (ms). */
  rhythmMs(): number
}

/** Asks the server for the truth about a room: in a slow, jittered rhythm, and at once when somebody has a doubt (M64). */
export class TruthLoop {
  private asking: Promise<void> | null = null
  private doubt = false
  private paused = false
  private tries = 0
  private failingSince = 0
  private cancel = () => {}

  constructor(private readonly deps: TruthLoopDeps) {}

  /** The first question comes after a rhythm, because who enters has just heard the truth. */
  start(): void {
    this.plan(this.rhythm())
  }

  /** Asks now; while paused, at the end of the pause. A doubt that comes while a question is under way is answered by one more after it. */
  now(): void {
    if (this.paused) return
    if (this.asking) this.doubt = true
    else void this.question()
  }

  pause(): void {
    this.paused = true
    this.cancel()
  }

  resume(): void {
    this.paused = false
    this.now()
  }

  private rhythm(): number {
    return this.deps.rhythmMs() * (0.8 + 0.4 * this.deps.scope.clock.random())
  }

  private plan(ms: number): void {
    this.cancel()
    if (!this.paused) this.cancel = this.deps.scope.after(ms, () => this.now())
  }

  private async question(): Promise<void> {
    const { scope, retry } = this.deps
    this.cancel()
    this.doubt = false
    this.asking = this.deps.ask()
    let wait: number
    try {
      await scope.guard(this.asking)
      this.tries = 0
      wait = this.doubt ? 0 : this.rhythm()
    } catch (error) {
      if (this.tries === 0) this.failingSince = scope.clock.now()
      this.tries++
      const delay = retry.next({ tries: this.tries, elapsedMs: scope.clock.now() - this.failingSince })
      wait = Math.max(delay ?? this.rhythm(), askedDelay(error))
    }
    this.asking = null
    this.plan(wait)
  }
}
