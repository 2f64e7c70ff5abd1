/** Joins calls of the same name while one is in flight: a second tap gets the promise of the first (M122). */
export class InFlight {
  private readonly running = new Map<string, Promise<void>>()

  join(name: string, run: () => Promise<void>): Promise<void> {
    const known = this.running.get(name)
    if (known) return known
    const started = run().finally(() => {
      if (this.running.get(name) === started) this.running.delete(name)
    })
    this.running.set(name, started)
    return started
  }

  /** The call of this name, or nothing to wait for. */
  of(name: string): Promise<void> {
    return this.running.get(name) ?? Promise.resolve()
  }

  has(name: string): boolean {
    return this.running.has(name)
  }

  /** The next call of this name starts anew. */
  forget(name: string): void {
    this.running.delete(name)
  }
}
