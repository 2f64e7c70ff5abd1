import {
  CHAT_CLOSE,
  CHAT_DATA_MAX,
  type ChatError,
  type ChatPriority,
  type ClientFrame,
} from '../../miniprogram/protocol/local-chat'
import type { Counters } from './counters'
import { encode, parseClientFrame } from './frames'
import type { Member } from './group'
import type { Connection, Hub } from './hub'
import type { Moderation } from './moderation'
import type { Outbox } from './outbox'
import { TokenBucket } from './token-bucket'
import type { UserSigResult } from './user-sig'

/** What one user may send. */
export const USER_RATE = { perSecond: 10, burst: 20 } as const
/** With `REPLAY.bytes` it bounds what a resume can put into the queue of a healthy reader. */
export const GROUPS_MAX = 5

/** Close code of RFC 6455: nothing is wrong with the user, who may come back. */
const GOING_AWAY = 1001

export interface SessionContext {
  hub: Hub
  counters: Counters
  outbox: Outbox
  now: () => number
  verify: (userId: string, userSig: string) => UserSigResult
  /** Where messages of members are looked at before they are delivered; null where nobody does. */
  moderation: Moderation | null
}

type Answer = { data?: { seq: number; online: number } } | { err: ChatError }
type Call = Exclude<ClientFrame, { c: 'hello' } | { c: 'ping' }>

/** One socket from its first frame to its end. */
export class Session implements Member, Connection {
  userId = ''
  /** When the last frame came, ms. */
  heardAt: number
  private expiresAt = Number.POSITIVE_INFINITY
  private readonly joined = new Set<string>()
  private readonly rate: TokenBucket

  constructor(private readonly context: SessionContext) {
    this.heardAt = context.now()
    this.rate = new TokenBucket(USER_RATE.perSecond, USER_RATE.burst, context.now)
  }

  receive(text: string): void {
    if (this.context.outbox.closed) return
    this.heardAt = this.context.now()
    const parsed = parseClientFrame(text)
    if (!parsed.ok) this.refuse(parsed.id)
    else if (parsed.frame.c === 'hello') this.hello(parsed.frame)
    else if (!this.userId) this.context.outbox.close(CHAT_CLOSE.unauthenticated, 'hello first')
    else if (parsed.frame.c === 'ping') this.send(encode({ c: 'pong' }), 2)
    else this.reply(parsed.frame)
  }

  /** Text frames only. */
  receiveBinary(): void {
    this.refuse(null)
  }

  send(text: string, priority: ChatPriority): void {
    this.context.outbox.send(text, priority)
  }

  left(groupId: string): void {
    this.joined.delete(groupId)
  }

  kick(reason: 'multipleDevice' | 'expired'): void {
    this.context.counters.kicked += 1
    this.send(encode({ c: 'kick', reason }), 2)
    this.context.outbox.close(CHAT_CLOSE.kicked, reason)
    this.end()
  }

  /** Lets go of a socket that has been silent since before `deadline`, or whose UserSig is over. */
  check(deadline: number): void {
    if (this.context.outbox.closed) return
    if (this.heardAt < deadline) this.context.outbox.close(GOING_AWAY, 'silent')
    else if (this.expiresAt <= this.context.now()) this.kick('expired')
  }

  /** Out of every group and off the list. May be called again. */
  end(): void {
    for (const id of this.joined) this.context.hub.group(id)?.leave(this)
    this.joined.clear()
    this.context.hub.disconnect(this)
  }

  private hello(frame: Extract<ClientFrame, { c: 'hello' }>): void {
    const verdict = this.context.verify(frame.userId, frame.userSig)
    if (this.userId) this.refuse(null)
    else if (!verdict.ok) this.context.outbox.close(CHAT_CLOSE.unauthenticated, `usersig ${verdict.code}`)
    else this.signIn(frame, verdict.expiresAt)
  }

  private signIn(frame: Extract<ClientFrame, { c: 'hello' }>, expiresAt: number): void {
    this.userId = frame.userId
    this.expiresAt = expiresAt
    const { hub } = this.context
    hub.connect(this)
    this.send(encode({ c: 'ready', epoch: hub.epoch }), 2)
    for (const [room, lastSeq, epoch] of frame.rooms.slice(0, GROUPS_MAX)) {
      const group = hub.group(room)
      if (!group) {
        this.send(encode({ c: 'dissolved', room }), 2)
        continue
      }
      this.joined.add(room)
      // Nothing of this run was seen on another one.
      group.resume(this, epoch === hub.epoch ? lastSeq : 0)
    }
  }

  private refuse(id: number | null): void {
    this.context.counters.badFrames += 1
    if (id === null || !this.userId) this.context.outbox.close(CHAT_CLOSE.badFrame, 'bad frame')
    else this.send(encode({ c: 'ack', id, err: 'bad-frame' }), 2)
  }

  private reply(frame: Call): void {
    const answer = this.answer(frame)
    if (answer instanceof Promise) void answer.then((late) => this.acknowledge(frame.id, late))
    else this.acknowledge(frame.id, answer)
  }

  private acknowledge(id: number, answer: Answer): void {
    this.send(encode({ c: 'ack', id, ...answer }), 2)
  }

  private answer(frame: Call): Answer | Promise<Answer> {
    switch (frame.c) {
      case 'join':
        return this.join(frame.room)
      case 'quit':
        this.context.hub.group(frame.room)?.leave(this)
        this.joined.delete(frame.room)
        return {}
      case 'pub':
        return this.publish(frame)
      case 'send':
        return this.sendToUser(frame)
    }
  }

  private join(room: string): Answer {
    const group = this.context.hub.group(room)
    if (!group) return { err: 'no-such-room' }
    if (!this.joined.has(room) && this.joined.size >= GROUPS_MAX) return { err: 'rate-limited' }
    this.joined.add(room)
    return { data: group.join(this) }
  }

  private publish(frame: Extract<ClientFrame, { c: 'pub' }>): Answer | Promise<Answer> {
    const group = this.context.hub.group(frame.room)
    if (!group || !this.joined.has(frame.room)) return { err: 'not-in-room' }
    const text = this.admit(frame.data)
    if (typeof text !== 'string') return text
    if (group.mutes.silences(this.userId)) return this.muted()
    const message = { from: this.userId, system: false, dataText: text, priority: frame.priority }
    const { moderation } = this.context
    if (moderation?.concerns(frame.data, frame.priority)) {
      return moderation.publish(group, { ...message, data: frame.data }).then((err): Answer => (err ? { err } : {}))
    }
    const reached = group.publish(message)
    if (reached === 0) this.context.counters.dropped += 1
    return {}
  }

  private sendToUser(frame: Extract<ClientFrame, { c: 'send' }>): Answer {
    const text = this.admit(frame.data)
    if (typeof text !== 'string') return text
    const message = { from: this.userId, system: false, dataText: text }
    return this.context.hub.sendToUser(frame.to, message) ? {} : { err: 'offline' }
  }

  private muted(): Answer {
    this.context.counters.muted += 1
    return { err: 'muted' }
  }

  /** The data as text if this user may send it now. */
  private admit(data: unknown): string | { err: ChatError } {
    const text = stringify(data)
    if (text === null) return { err: 'bad-frame' }
    if (Buffer.byteLength(text) > CHAT_DATA_MAX) return { err: 'too-long' }
    if (this.rate.take()) return text
    this.context.counters.rateLimited += 1
    return { err: 'rate-limited' }
  }
}

/** Null for data nested too deep to be written. */
function stringify(data: unknown): string | null {
  try {
    return JSON.stringify(data)
  } catch {
    return null
  }
}
