import { computed, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import { LIMITS, lengthOf } from '../../protocol/limits'
import type { MemberMessage } from '../../protocol/messages'
import type { HistoryLine } from '../../protocol/order'
import type { User } from '../../protocol/room'
import { MessengerError } from '../../services/messenger/port'
import type { Scope } from '../scope'
import { Arrivals } from './chat/arrivals'
import { type CustomMessage, Customs } from './chat/customs'
import { Seen } from './chat/line-buffer'
import { type BatchHandler, LineFeed } from './chat/line-feed'
import type { ChatLine, SystemEvent } from './chat/lines'
import { Pace } from './chat/pace'
import { Recall } from './chat/recall'
import { plainText } from './plain-text'

export type { CustomMessage } from './chat/customs'
export type { ChatLine, SystemEvent } from './chat/lines'

/** Why the last line was not sent; gone after 3 s or with the next one. */
export type ChatNotice = 'empty' | 'too-long' | 'too-fast' | 'offline' | 'muted' | 'refused' | null
/** Why nothing can be written now: the connection, this user alone, or all but those in charge. */
export type ChatBar = 'offline' | 'muted' | 'muted-all' | null

const NOTICE_MS = 3000
/** One's own lines in 5 s; the server has the last word. */
const PACE = { lines: 10, ms: 5000 }
/** Lines that were not delivered and can be sent again. */
const FAILED = 20
const KEYS = 400
/** With so many lines waiting to be read nobody looks at who comes in. */
const BUSY = 3
/** The longest that a timer can wait, ms. */
const TIMER_MAX = 2 ** 31 - 1

export type Post = (message: MemberMessage) => Promise<void>
type Barrage = Extract<MemberMessage, { type: 'barrage' }>
type OwnLine = Extract<ChatLine, { kind: 'barrage' }>

/** Barrage and custom messages. Lines never pass through an observable: a child draws them through `onBatch` (M121). */
export class Chat {
  notice: ChatNotice = null
  /** Messages can be sent now. */
  online = false
  /** Local time (ms) at which the next line may be written, after one too many; 0: now. */
  readyAt = 0
  /** Local time (ms) until which this user is muted, as far as is known; 0: he is not. */
  mutedUntil = 0
  /** Only those in charge may write, and this user is not one of them. */
  reserved = false

  private readonly feed: LineFeed
  private readonly customs: Customs
  private readonly arrivals: Arrivals
  private readonly pace: Pace
  private recalling = new Recall()
  private readonly seen = new Seen(KEYS)
  private readonly failed = new Map<string, OwnLine>()
  private greeting = false
  private count = 0
  private post: Post | null = null
  private clearNotice = () => {}
  private unmute = () => {}

  constructor(
    private readonly scope: Scope,
    private readonly me: () => User | null,
    private readonly serverNow: () => number = () => scope.clock.now(),
  ) {
    makeObservable(this, {
      notice: observable,
      online: observable,
      readyAt: observable,
      mutedUntil: observable,
      reserved: observable,
      bar: computed,
    })
    this.feed = new LineFeed(scope)
    this.customs = new Customs(scope)
    this.pace = new Pace(() => scope.clock.now(), PACE.lines, PACE.ms)
    this.arrivals = new Arrivals(scope, (name, others) =>
      this.add({ kind: 'system', id: this.nextId(), event: 'joined', name, count: others }),
    )
    scope.onEnd(() => this.disconnect())
  }

  get bar(): ChatBar {
    if (!this.online) return 'offline'
    if (this.mutedUntil > 0) return 'muted'
    return this.reserved ? 'muted-all' : null
  }

  /** See `LineFeed.onBatch`. */
  onBatch(handler: BatchHandler): () => void {
    return this.feed.onBatch(handler)
  }

  /** `to`: whom it answers. Resolves with true when it was taken, at once: then the input can be cleared. Never rejects. */
  async send(input: string, to: User | null = null): Promise<boolean> {
    const text = input.trim()
    const refusal = this.refusal(text)
    this.tell(refusal)
    if (refusal) return false
    const { userId = '', name = '' } = this.me() ?? {}
    this.deliver({ kind: 'barrage', id: this.nextId(), userId, name, text, mine: true, ...(to ? { to } : {}) })
    return true
  }

  /** Sends a line that was not delivered again; what has got through meanwhile is not said twice. */
  sendAgain(id: string): void {
    const line = this.failed.get(id)
    if (!line) return
    const refusal = this.refusal(line.text)
    this.tell(refusal)
    if (refusal) return
    this.failed.delete(id)
    this.deliver(line)
  }

  /**
   * Sends `data` (JSON of at most LIMITS.customBytes) to everybody here under a tag (LIMITS.customTagMax of `a-z0-9._-`).
   * One's own is told to `onCustom` at once. Resolves with false when it was not taken or not delivered. Never rejects.
   */
  async sendCustom(tag: string, data: unknown): Promise<boolean> {
    const { post, customs } = this
    const barred = this.bar
    if (!post || barred || customs.pace.wait > 0 || !customs.fits(tag, data)) {
      this.tell(barred ? NOTICE_OF_BAR[barred] : customs.fits(tag, data) ? 'too-fast' : 'too-long')
      return false
    }
    customs.pace.spend()
    const { userId = '', name = '' } = this.me() ?? {}
    const message = { type: 'custom', id: this.nextId(), tag, data, name } as const
    this.seen.first(`${userId} ${message.id}`)
    customs.tell(userId, message, true)
    try {
      await post(message)
      return true
    } catch (error) {
      if (!this.scope.ended && this.post === post) this.tell(noticeOf(error))
      return false
    }
  }

  /** Custom messages of everybody here, at most thirty a second. */
  onCustom(handler: (message: CustomMessage) => void): () => void {
    return this.customs.on(handler)
  }

  /** For the room: where messages go now. A new room begins with an empty list. */
  connect(post: Post): void {
    this.post = post
    this.feed.clear()
    this.seen.clear()
    this.failed.clear()
    this.arrivals.forget()
    this.recalling = new Recall()
  }

  disconnect(): void {
    this.post = null
    this.greeting = false
    this.setOnline(false)
    this.setReserved(false)
    this.setMuted(0)
    this.tell(null)
  }

  setOnline(online: boolean): void {
    // What is lifted meanwhile is not heard: the server is asked with the next line.
    if (!online && this.online) this.setMuted(0)
    runInAction(() => {
      this.online = online
    })
    if (online && this.greeting) this.sayHello()
  }

  /** Says once, as soon as messages can be sent, that this user has come in. */
  greet(): void {
    this.greeting = true
    if (this.online) this.sayHello()
  }

  setReserved(reserved: boolean): void {
    runInAction(() => {
      this.reserved = reserved
    })
  }

  /** The anchor or an admin has muted this user for so long (ms); 0: no more. */
  setMuted(ms: number): void {
    this.unmute()
    runInAction(() => {
      this.mutedUntil = ms > 0 ? this.scope.clock.now() + ms : 0
    })
    if (ms > 0) this.unmute = this.scope.after(Math.min(ms, TIMER_MAX), () => this.setMuted(0))
  }

  /** Somebody's message, from the group. A repeat is dropped. */
  receive(from: string, message: Exclude<MemberMessage, { type: 'like' }>): void {
    const me = this.me()?.userId
    if (message.type === 'joined') {
      if (from !== me && this.feed.waiting <= BUSY) this.arrivals.note(message.name)
    } else if (this.seen.first(`${from} ${message.id}`)) {
      if (message.type === 'custom') this.customs.tell(from, message, from === me)
      else this.receiveLine(from, message)
    }
  }

  /** What was said before this user came. Stands above everything else, and tells nothing twice. */
  recall(history: readonly HistoryLine[]): void {
    const me = this.me()?.userId
    const past = this.recalling.without(history, this.serverNow())
    this.feed.precede(
      past.map(({ userId, name, text, at }, i) => {
        return { kind: 'barrage', id: `past ${at} ${i}`, userId, name, text, mine: userId === me }
      }),
    )
  }

  /** A line of the room itself; `name`: of whom it tells. */
  announce(event: SystemEvent, name?: string): void {
    this.add({ kind: 'system', id: this.nextId(), event, ...(name === undefined ? {} : { name }) })
  }

  /** What the anchor wants everybody to read. */
  proclaim(notice: string): void {
    const text = plainText(notice, LIMITS.noticeMax)
    if (text !== '') this.add({ kind: 'notice', id: this.nextId(), text })
  }

  /** While the page is hidden nothing is drawn; the newest lines come on return. */
  hold(held: boolean): void {
    this.feed.hold(held)
  }

  private receiveLine(from: string, { id, text, name, to }: Barrage): void {
    if (this.recalling.repeats({ userId: from, text, at: this.serverNow() })) return
    const me = this.me()?.userId
    const line = { kind: 'barrage', id: `${from} ${id}`, userId: from, name, text, mine: from === me } as const
    this.add(to ? { ...line, to, ...(to.userId === me ? { mention: true } : {}) } : line)
  }

  private refusal(text: string): ChatNotice {
    if (text === '') return 'empty'
    if (lengthOf(text) > LIMITS.barrageMax) return 'too-long'
    if (!this.post) return 'offline'
    if (this.bar) return NOTICE_OF_BAR[this.bar]
    return this.pace.wait > 0 ? 'too-fast' : null
  }

  /** Draws one's own line and sends it; what goes wrong is said at the line. */
  private deliver(line: OwnLine): void {
    const { post } = this
    if (!post) return
    this.pace.spend()
    const { id, userId, text, name, to } = line
    if (this.seen.first(`${userId} ${id}`)) this.recalling.repeats({ userId, text, at: this.serverNow() })
    this.add(line)
    post({ type: 'barrage', id, text, name, ...(to ? { to } : {}) }).catch((error: unknown) => {
      if (this.scope.ended || this.post !== post) return
      const notice = noticeOf(error)
      if (notice === 'too-fast') this.pace.rest()
      this.tell(notice)
      this.failed.set(id, line)
      for (const old of this.failed.keys()) if (this.failed.size > FAILED) this.failed.delete(old)
      this.add({ ...line, failed: true })
    })
  }

  private sayHello(): void {
    this.greeting = false
    this.post?.({ type: 'joined', name: this.me()?.name ?? '' }).catch(() => {})
  }

  private tell(notice: ChatNotice): void {
    this.clearNotice()
    const wait = notice === 'too-fast' ? this.pace.wait : 0
    runInAction(() => {
      this.notice = notice
      this.readyAt = wait > 0 ? this.scope.clock.now() + wait : 0
    })
    if (notice) this.clearNotice = this.scope.after(wait || NOTICE_MS, () => this.tell(null))
  }

  private nextId(): string {
    this.count++
    return `${this.scope.clock.now().toString(36)}-${this.count}-${this.scope.clock.random().toString(36).slice(2, 8)}`
  }

  private add(line: ChatLine): void {
    this.feed.add(line)
  }
}

const NOTICE_OF_BAR = { offline: 'offline', muted: 'muted', 'muted-all': 'muted' } as const

const NOTICES: Partial<Record<MessengerError['code'], ChatNotice>> = {
  'rate-limited': 'too-fast',
  'too-long': 'too-long',
  muted: 'muted',
  refused: 'refused',
}

const noticeOf = (error: unknown): ChatNotice => (error instanceof MessengerError && NOTICES[error.code]) || 'offline'
