import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import { LIMITS, lengthOf } from '../../protocol/limits'
import type { MemberMessage } from '../../protocol/messages'
import type { User } from '../../protocol/room'
import { MessengerError } from '../../services/messenger/port'
import type { Scope } from '../scope'
import { LineBuffer, Seen } from './line-buffer'
import { plainText } from './plain-text'

/**
 * A line of the barrage. A `system` line has an `event` for the locale to word and no text, a `notice` line what the anchor
 * wants everybody to read. The same `id` again with `failed` means that one's own line was not delivered.
 */
export type ChatLine =
  | { kind: 'barrage'; id: string; userId: string; name: string; text: string; mine: boolean; failed?: true }
  | { kind: 'system'; id: string; event: SystemEvent }
  | { kind: 'notice'; id: string; text: string }
/** `muted` and `unmuted` are about the reader. */
export type SystemEvent = 'started' | 'interrupted' | 'back' | 'ended' | 'muted' | 'unmuted'

/** Why the last line was not sent; gone after 3 s or with the next one. */
export type ChatNotice = 'empty' | 'too-long' | 'too-fast' | 'offline' | 'muted' | 'refused' | null

export const KEPT_LINES = 200
/** Seven batches a second, so that with the clock and the counts a room stays below ten setData a second (P60). */
export const FLUSH_MS = 150
/** One batch: at most so many lines, and so many bytes as JSON, so that drawing it is one small setData (P60). */
export const BATCH = { lines: 30, bytes: 7_500 }
const NOTICE_MS = 3000
/** One's own lines in 5 s; the server has the last word. */
const PACE = { lines: 10, ms: 5000 }

export type Post = (message: MemberMessage) => Promise<void>
type BatchHandler = (lines: readonly ChatLine[]) => void

/** Barrage. Lines never pass through an observable: a child draws them through `onBatch` (M121). */
export class Chat {
  notice: ChatNotice = null
  /** Messages can be sent now. */
  online = false

  private readonly lines = new LineBuffer<ChatLine>(KEPT_LINES)
  private readonly seen = new Seen(2 * KEPT_LINES)
  private readonly handlers = new Set<BatchHandler>()
  /** Lines that nobody has been told about yet. */
  private fresh = 0
  private flushed = Number.NEGATIVE_INFINITY
  private flushing = false
  private held = false
  private sent: number[] = []
  private count = 0
  private post: Post | null = null
  private clearNotice = () => {}

  constructor(
    private readonly scope: Scope,
    private readonly me: () => User | null,
  ) {
    makeObservable(this, { notice: observable, online: observable })
    scope.onEnd(() => {
      this.disconnect()
      this.handlers.clear()
    })
  }

  /** Oldest first; at most seven calls a second, each small enough for one setData. Begins with the newest that are kept. */
  onBatch(handler: BatchHandler): () => void {
    const entry: BatchHandler = (lines) => handler(lines)
    const kept = fitting(this.lines.last(BATCH.lines))
    if (this.handlers.size === 0) this.fresh = 0
    if (kept.length > 0) entry(kept)
    if (!this.scope.ended) this.handlers.add(entry)
    return () => {
      this.handlers.delete(entry)
    }
  }

  /** Resolves with true when the line was taken, at once: then the input can be cleared. Never rejects. */
  async send(input: string): Promise<boolean> {
    const text = input.trim()
    const refusal = this.refusal(text)
    this.tell(refusal)
    const { post } = this
    if (refusal || !post) return false
    this.sent.push(this.scope.clock.now())
    const { userId = '', name = '' } = this.me() ?? {}
    const id = this.nextId()
    const line: ChatLine = { kind: 'barrage', id, userId, name, text, mine: true }
    this.seen.first(`${userId} ${id}`)
    this.add(line)
    post({ type: 'barrage', id, text, name }).catch((error: unknown) => {
      if (this.scope.ended || this.post !== post) return
      this.tell(noticeOf(error))
      this.add({ ...line, failed: true })
    })
    return true
  }

  /** For the room: where lines go now. A new room begins with an empty list. */
  connect(post: Post): void {
    this.post = post
    this.lines.clear()
    this.seen.clear()
    this.fresh = 0
  }

  disconnect(): void {
    this.post = null
    this.setOnline(false)
    this.tell(null)
  }

  setOnline(online: boolean): void {
    runInAction(() => {
      this.online = online
    })
  }

  /** Somebody's line, from the group. A repeat is dropped. */
  receive(from: string, { id, text, name }: Extract<MemberMessage, { type: 'barrage' }>): void {
    if (!this.seen.first(`${from} ${id}`)) return
    this.add({ kind: 'barrage', id: `${from} ${id}`, userId: from, name, text, mine: from === this.me()?.userId })
  }

  announce(event: SystemEvent): void {
    this.add({ kind: 'system', id: this.nextId(), event })
  }

  /** What the anchor wants everybody to read. */
  proclaim(notice: string): void {
    const text = plainText(notice, LIMITS.noticeMax)
    if (text !== '') this.add({ kind: 'notice', id: this.nextId(), text })
  }

  /** While the page is hidden nothing is drawn; the newest lines come on return. */
  hold(held: boolean): void {
    this.held = held
    if (!held) this.flushSoon()
  }

  private refusal(text: string): ChatNotice {
    if (text === '') return 'empty'
    if (lengthOf(text) > LIMITS.barrageMax) return 'too-long'
    if (!this.post || !this.online) return 'offline'
    const since = this.scope.clock.now() - PACE.ms
    this.sent = this.sent.filter((at) => at > since)
    return this.sent.length >= PACE.lines ? 'too-fast' : null
  }

  private tell(notice: ChatNotice): void {
    this.clearNotice()
    runInAction(() => {
      this.notice = notice
    })
    if (notice) this.clearNotice = this.scope.after(NOTICE_MS, () => this.tell(null))
  }

  private nextId(): string {
    this.count++
    return `${this.scope.clock.now().toString(36)}-${this.count}-${this.scope.clock.random().toString(36).slice(2, 8)}`
  }

  private add(line: ChatLine): void {
    if (this.scope.ended) return
    this.lines.push(line)
    this.fresh = Math.min(this.fresh + 1, BATCH.lines)
    this.flushSoon()
  }

  private flushSoon(): void {
    if (this.flushing || this.held || this.fresh === 0 || this.handlers.size === 0) return
    this.flushing = true
    const wait = Math.max(0, FLUSH_MS - (this.scope.clock.now() - this.flushed))
    this.scope.after(wait, () => {
      this.flushing = false
      if (!this.held) this.flush()
    })
  }

  private flush(): void {
    const batch = fitting(this.lines.last(this.fresh))
    this.fresh = 0
    this.flushed = this.scope.clock.now()
    if (batch.length > 0) for (const handler of [...this.handlers]) handler(batch)
  }
}

/** The newest lines that fit into one batch; the oldest are shed. */
function fitting(lines: readonly ChatLine[]): readonly ChatLine[] {
  let bytes = 0
  let from = lines.length
  while (from > 0) {
    const line = lines[from - 1]
    // Three bytes for every UTF-16 unit is the most that UTF-8 takes; ids and keys are short.
    bytes += 200 + (line ? 3 * unitsOf(line) : 0)
    if (bytes > BATCH.bytes) break
    from--
  }
  return lines.slice(from)
}

/** UTF-16 units of what people wrote into a line. */
function unitsOf(line: ChatLine): number {
  if (line.kind === 'system') return 0
  return line.text.length + (line.kind === 'barrage' ? line.name.length : 0)
}

const NOTICES: Partial<Record<MessengerError['code'], ChatNotice>> = {
  'rate-limited': 'too-fast',
  'too-long': 'too-long',
  muted: 'muted',
  refused: 'refused',
}

const noticeOf = (error: unknown): ChatNotice => (error instanceof MessengerError && NOTICES[error.code]) || 'offline'
