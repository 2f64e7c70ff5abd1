import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import { LIMITS } from '../../protocol/limits'
import { RoomApiError } from '../../services/room-api/port'
import { askedDelay } from '../retry-plan'
import type { Scope } from '../scope'

/** Where likes go: to the server, which counts, and to the group, which draws. */
export interface LikeSink {
  /** The server's total afterwards. Rejects with RoomApiError. */
  count(n: number): Promise<number>
  tellGroup(n: number): void
}

export const SEND_MS = 1000
const DRAW_MS = 100
/** Hearts in one call of a handler, and hearts that may wait for it. */
const HEARTS = { perDraw: 6, waiting: 30 }
/** Taps that wait for the server; more than this is a stuck finger. */
const MAX_PENDING = 4 * LIMITS.likesPerCall

/** Likes: hearts to draw, and the total. */
export class Likes {
  private server = 0
  /** Taps that the server has not confirmed. */
  private own = 0

  private pending = 0
  private hearts = 0
  private drawing = false
  private sending = false
  /** These hearts were sent to the group already; only their count has to be sent again. */
  private again = false
  private lastSent = Number.NEGATIVE_INFINITY
  private held = false
  private sink: LikeSink | null = null
  private readonly handlers = new Set<(count: number) => void>()

  constructor(private readonly scope: Scope) {
    makeObservable<this, 'server' | 'own'>(this, { server: observable, own: observable })
    scope.onEnd(() => {
      this.disconnect()
      this.handlers.clear()
    })
  }

  /** The server's number, plus one's own taps that it does not know yet. */
  get total(): number {
    return this.server + this.own
  }

  /** Hearts to draw now, one's own and the others'; at most ten calls a second, a few hearts each. */
  onHearts(handler: (count: number) => void): () => void {
    const entry = (count: number) => handler(count)
    if (!this.scope.ended) this.handlers.add(entry)
    return () => {
      this.handlers.delete(entry)
    }
  }

  /** Draws at once and sends, with the taps around it, at most once a second. */
  tap(n = 1): void {
    const count = Math.min(Math.floor(n), MAX_PENDING - this.pending)
    if (!this.sink || this.scope.ended || !(n >= 1)) return
    this.draw(n)
    if (count <= 0) return
    this.pending += count
    this.set(this.server, this.own + count)
    this.sendSoon()
  }

  /** For the room: where likes go now, and the total there. */
  connect(sink: LikeSink, total: number): void {
    this.disconnect()
    this.sink = sink
    this.set(total, 0)
  }

  disconnect(): void {
    this.sink = null
    this.pending = 0
    this.hearts = 0
    this.again = false
    this.set(this.server, 0)
  }

  /** A total that may be older than what is known: likes only grow. */
  learn(total: number): void {
    if (total > this.server) this.set(total, this.own)
  }

  /** Hearts of somebody else. */
  receive(n: number): void {
    this.draw(n)
  }

  hold(held: boolean): void {
    this.held = held
    if (held) this.hearts = 0
  }

  private set(server: number, own: number): void {
    runInAction(() => {
      this.server = server
      this.own = own
    })
  }

  private draw(n: number): void {
    if (this.held || this.handlers.size === 0) return
    this.hearts = Math.min(this.hearts + n, HEARTS.waiting)
    if (!this.drawing) this.drawNow()
  }

  private drawNow(): void {
    const count = Math.min(this.hearts, HEARTS.perDraw)
    this.drawing = count > 0
    if (count === 0) return
    this.hearts -= count
    this.scope.after(DRAW_MS, () => this.drawNow())
    for (const handler of [...this.handlers]) handler(count)
  }

  private sendSoon(atLeastMs = 0): void {
    if (this.sending) return
    this.sending = true
    const wait = Math.max(this.lastSent + SEND_MS - this.scope.clock.now(), atLeastMs, 0)
    this.scope.after(wait, () => void this.send())
  }

  private async send(): Promise<void> {
    const { sink } = this
    const n = Math.min(this.pending, LIMITS.likesPerCall)
    this.pending -= n
    this.lastSent = this.scope.clock.now()
    const again = sink && n > 0 ? await this.deliver(sink, n) : 0
    this.sending = false
    if (this.pending > 0) this.sendSoon(again)
  }

  /** The time to wait before what was refused is sent again; 0 when there is nothing to wait for. */
  private async deliver(sink: LikeSink, n: number): Promise<number> {
    if (!this.again) sink.tellGroup(n)
    this.again = false
    try {
      const total = await this.scope.guard(sink.count(n))
      if (this.sink === sink) this.set(Math.max(this.server, total), Math.max(0, this.own - n))
    } catch (error) {
      if (this.sink !== sink) return 0
      if (error instanceof RoomApiError && error.code === 'rate-limited') {
        this.pending += n
        this.again = true
        return askedDelay(error)
      }
      // Nobody knows whether the others were counted; sending them again might count them twice.
      this.set(this.server, Math.max(0, this.own - n))
    }
    return 0
  }
}
