/** The last `size` items, in a ring: adding one costs the same at any rate. */
export class LineBuffer<T> {
  private readonly items: T[] = []
  private added = 0

  constructor(private readonly size: number) {}

  push(item: T): void {
    this.items[this.added % this.size] = item
    this.added++
  }

  /** The newest `count` that are still kept, oldest first. */
  last(count: number): T[] {
    const kept = Math.min(count, this.items.length)
    const first = this.added - kept
    return Array.from({ length: kept }, (_, i) => this.items[(first + i) % this.size] as T)
  }

  clear(): void {
    this.items.length = 0
    this.added = 0
  }
}

/** Remembers at least the last `size` keys and at most twice as many. */
export class Seen {
  private young = new Set<string>()
  private old = new Set<string>()

  constructor(private readonly size: number) {}

  /** True the first time. */
  first(key: string): boolean {
    if (this.young.has(key) || this.old.has(key)) return false
    this.young.add(key)
    if (this.young.size >= this.size) {
      this.old = this.young
      this.young = new Set()
    }
    return true
  }

  clear(): void {
    this.young.clear()
    this.old.clear()
  }
}
