import type { Scope } from '../scope'

/** The platform's callbacks may never come (P28). */
const CALL_MS = 3000

export interface TagActs<Handle, Goal extends string> {
  /** Starts what `goal` names, from nothing or on top of what runs. */
  begin(handle: Handle, goal: Goal): Promise<void>
  /** Stops what runs. */
  cease(handle: Handle, running: Goal): Promise<void>
  /** Everything off, whatever runs: the tag goes. */
  off(handle: Handle): void
  /** `begin` was refused by the platform. */
  failed(goal: Goal, error: unknown): void
}

/**
 * Keeps one native tag where the store wants it: one call at a time, in order, waiting for the tile to be ready. What is
 * wanted is a goal rather than a list of calls, so nothing piles up while there is no tile or a call hangs.
 */
export class TagDriver<Handle, Goal extends string> {
  private handle: Handle | null = null
  private goal: Goal | null = null
  private running: Goal | null = null
  /** A stop was asked for, even if the same goal is wanted again by now. */
  private mustCease = false
  /** Abandons the call that is under way. */
  private abandon: (() => void) | null = null

  constructor(
    private readonly scope: Scope,
    private readonly acts: TagActs<Handle, Goal>,
  ) {
    scope.onEnd(() => {
      if (this.handle) acts.off(this.handle)
      this.handle = null
    })
  }

  get attached(): Handle | null {
    return this.handle
  }

  /** A handle that comes later replaces the one before it. The returned function withdraws it. */
  attach(handle: Handle): () => void {
    if (this.scope.ended) return () => {}
    if (this.handle) this.acts.off(this.handle)
    this.take(handle)
    this.run()
    return () => {
      if (this.handle !== handle) return
      // A native tag may outlive its page (P9).
      this.acts.off(handle)
      this.take(null)
    }
  }

  private take(handle: Handle | null): void {
    this.abandon?.()
    this.handle = handle
    this.running = null
    this.mustCease = false
  }

  /** null: off. */
  want(goal: Goal | null): void {
    this.goal = goal
    if (goal === null) this.mustCease = true
    this.run()
  }

  private run(): void {
    const { handle, goal, running } = this
    if (this.abandon || !handle || this.scope.ended) return
    const cease = running !== null && this.mustCease
    this.mustCease = false
    if (cease) this.perform(null, () => this.acts.cease(handle, running))
    else if (goal !== null && goal !== running) this.perform(goal, () => this.acts.begin(handle, goal))
  }

  private perform(reached: Goal | null, call: () => Promise<void>): void {
    const settle = (refusal?: { error: unknown }) => {
      if (this.abandon !== abandon || this.scope.ended) return
      abandon()
      this.running = reached
      if (refusal && reached !== null && this.goal === reached && !this.mustCease) {
        this.acts.failed(reached, refusal.error)
      }
      this.run()
    }
    const cancel = this.scope.after(CALL_MS, () => settle())
    const abandon = () => {
      cancel()
      this.abandon = null
    }
    this.abandon = abandon
    started(call).then(
      () => settle(),
      (error: unknown) => settle({ error }),
    )
  }
}

/** A native context that throws is one that refuses. */
async function started(call: () => Promise<void>): Promise<void> {
  await call()
}
