/** Handlers by event. One that throws is reported and does not keep the others from hearing. */
export class Emitter<Events extends object> {
  private readonly handlers = new Map<keyof Events, Set<(event: never) => void>>()

  /** Returns the function that ends the subscription. */
  on<K extends keyof Events>(event: K, handler: (e: Events[K]) => void): () => void {
    // A wrapper of its own, so that the same function may be subscribed twice and ended once.
    const entry = (e: Events[K]) => handler(e)
    const set = this.handlers.get(event) ?? new Set()
    this.handlers.set(event, set.add(entry))
    return () => {
      set.delete(entry)
    }
  }

  emit<K extends keyof Events>(event: K, value: Events[K]): void {
    const handlers = [...(this.handlers.get(event) ?? [])] as ((e: Events[K]) => void)[]
    for (const handler of handlers) {
      try {
        handler(value)
      } catch (error) {
        console.error(`a handler of ${String(event)} failed`, error)
      }
    }
  }
}
