import type { Scope } from '../../scope'
import { LineBuffer } from './line-buffer'
import { BATCH, type ChatLine, fitting } from './lines'

export const KEPT_LINES = 200
/** Seven batches a second, so that with the clock and the counts a room stays below ten setData a second (P60). */
export const FLUSH_MS = 150

/** `past`: the lines stand before everything that came until now. */
export type BatchHandler = (lines: readonly ChatLine[], past: boolean) => void

interface Listener {
  readonly handler: BatchHandler
  /** So many of the past lines, the oldest ones, are still to be told. */
  pastLeft: number
}

/** Lines on their way to whoever draws them: kept in a ring, told in batches, never observed (M121, P61). */
export class LineFeed {
  private readonly lines = new LineBuffer<ChatLine>(KEPT_LINES)
  private past: readonly ChatLine[] = []
  private readonly listeners = new Set<Listener>()
  /** Lines that nobody has been told about yet. */
  private fresh = 0
  private flushed = Number.NEGATIVE_INFINITY
  private flushing = false
  private held = false

  constructor(private readonly scope: Scope) {
    scope.onEnd(() => this.listeners.clear())
  }

  /** Lines that wait for the next batch: many of them mean that there is much to read. */
  get waiting(): number {
    return this.fresh
  }

  /** Oldest first; at most seven calls a second, each small enough for one setData. Begins with the newest that are kept. */
  onBatch(handler: BatchHandler): () => void {
    const listener: Listener = { handler, pastLeft: this.past.length }
    // Where somebody listens already, what is fresh comes with the next batch.
    if (this.listeners.size === 0) this.fresh = 0
    const newest = this.lines.last(BATCH.lines)
    const kept = fitting(newest.slice(0, newest.length - Math.min(this.fresh, newest.length)))
    if (kept.length > 0) handler(kept, false)
    if (!this.scope.ended) this.listeners.add(listener)
    this.flushSoon()
    return () => {
      this.listeners.delete(listener)
    }
  }

  add(line: ChatLine): void {
    if (this.scope.ended) return
    this.lines.push(line)
    this.fresh = Math.min(this.fresh + 1, BATCH.lines)
    this.flushSoon()
  }

  /** What was said before the first line, oldest first. */
  precede(past: readonly ChatLine[]): void {
    if (this.scope.ended) return
    this.past = past
    for (const listener of this.listeners) listener.pastLeft = past.length
    this.flushSoon()
  }

  clear(): void {
    this.lines.clear()
    this.past = []
    this.fresh = 0
    for (const listener of this.listeners) listener.pastLeft = 0
  }

  /** While nothing is to be drawn; the newest lines come on return. */
  hold(held: boolean): void {
    this.held = held
    if (!held) this.flushSoon()
  }

  private get behind(): boolean {
    return [...this.listeners].some(({ pastLeft }) => pastLeft > 0)
  }

  private flushSoon(): void {
    if (this.flushing || this.held || this.listeners.size === 0 || (this.fresh === 0 && !this.behind)) return
    this.flushing = true
    const wait = Math.max(0, FLUSH_MS - (this.scope.clock.now() - this.flushed))
    this.scope.after(wait, () => {
      this.flushing = false
      if (this.held) return
      this.flushed = this.scope.clock.now()
      // The past is short and comes once; each batch has a turn of its own.
      if (this.behind) this.tellPast()
      else this.tellNews()
      this.flushSoon()
    })
  }

  private tellNews(): void {
    const batch = fitting(this.lines.last(this.fresh))
    this.fresh = 0
    if (batch.length > 0) for (const { handler } of [...this.listeners]) handler(batch, false)
  }

  private tellPast(): void {
    for (const listener of [...this.listeners]) {
      const batch = fitting(this.past.slice(0, listener.pastLeft))
      listener.pastLeft -= batch.length
      if (batch.length > 0) listener.handler(batch, true)
    }
  }
}
