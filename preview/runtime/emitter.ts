import { journal } from './journal'

/** Listeners of one kind of event. A listener that throws does not keep the others from hearing it. */
export class Emitter<T> {
  private readonly listeners = new Set<(value: T) => void>()

  /** @returns a function that ends the subscription */
  on(listener: (value: T) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Without a listener, all of them go: that is what `wx.offXxx()` does. */
  off(listener?: (value: T) => void): void {
    if (listener) this.listeners.delete(listener)
    else this.listeners.clear()
  }

  emit(value: T): void {
    for (const listener of [...this.listeners]) {
      try {
        listener(value)
      } catch (error) {
        journal.problem(error instanceof Error ? (error.stack ?? error.message) : String(error))
      }
    }
  }
}
