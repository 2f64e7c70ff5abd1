import type { WebSocket } from 'ws'
import { CHAT_CLOSE, type ChatPriority } from '../../miniprogram/protocol/local-chat'
import type { Counters } from './counters'

/** Bytes waiting for one reader: above `soft` priority 0 is dropped, above `hard` the reader is let go. */
export const QUEUE = { soft: 256 * 1024, hard: 1024 * 1024 } as const
/** A reader who does not read does not read the farewell either. */
const FAREWELL_MS = 1000

/** The stream under a WebSocket: what is written between `cork` and `uncork` leaves together. */
export interface Corkable {
  cork(): void
  uncork(): void
}

/** Writes to one socket with a bounded queue. */
export class Outbox {
  private closing = false
  private gathering = false

  constructor(
    private readonly socket: WebSocket,
    private readonly counters: Counters,
    private readonly stream: Corkable,
  ) {}

  /** True once `close` was called; the socket itself may take a second longer. */
  get closed(): boolean {
    return this.closing
  }

  get queuedBytes(): number {
    return this.socket.bufferedAmount
  }

  send(text: string, priority: ChatPriority): void {
    if (this.closing) return
    const queued = this.socket.bufferedAmount
    if (queued > QUEUE.hard) {
      this.counters.slow += 1
      this.close(CHAT_CLOSE.slow, 'slow reader')
    } else if (queued > QUEUE.soft && priority === 0) {
      this.counters.dropped += 1
    } else {
      this.counters.sent += 1
      this.gather()
      this.socket.send(text)
    }
  }

  /** One write for all that is sent in one turn of the event loop: a flood costs each reader a system call a turn. */
  private gather(): void {
    if (this.gathering) return
    this.gathering = true
    this.stream.cork()
    setImmediate(() => {
      this.gathering = false
      this.stream.uncork()
    })
  }

  /** Nothing is sent after this. */
  close(code: number, reason: string): void {
    if (this.closing) return
    this.closing = true
    this.socket.close(code, reason)
    const farewell = setTimeout(() => this.socket.terminate(), FAREWELL_MS)
    this.socket.once('close', () => clearTimeout(farewell))
  }
}
