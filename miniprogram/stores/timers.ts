import type { Scope } from './scope'

/** Timers by name, at most one of each; a machine asks for them in its effects. */
export class Timers<Name extends string> {
  private readonly cancels = new Map<Name, () => void>()

  constructor(
    private readonly scope: Scope,
    private readonly fire: (name: Name) => void,
  ) {}

  /** Replaces a running timer of this name. */
  set(name: Name, ms: number): void {
    this.cancel(name)
    const cancel = this.scope.after(ms, () => {
      this.cancels.delete(name)
      this.fire(name)
    })
    this.cancels.set(name, cancel)
  }

  cancel(name: Name): void {
    this.cancels.get(name)?.()
    this.cancels.delete(name)
  }

  cancelAll(): void {
    for (const name of [...this.cancels.keys()]) this.cancel(name)
  }
}
