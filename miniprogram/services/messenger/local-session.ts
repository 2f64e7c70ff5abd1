import type { ChatCredentials } from '../../protocol/actions'
import type { ChatError, ClientFrame, ServerFrame } from '../../protocol/local-chat'
import type { ConnectSocket } from './chat-socket'
import { Link } from './link'
import { MessengerError } from './port'
import type { MessengerSession, SessionPlace } from './session-messenger'

/** How long a login, a join or a message may take. */
export const CALL_MS = 10_000

export interface LocalCounters {
  badFrames: number
  duplicates: number
  reconnects: number
}

export type LocalCredentials = Extract<ChatCredentials, { kind: 'local' }>

export interface LocalSessionOptions extends SessionPlace {
  credentials: LocalCredentials
  connectSocket: ConnectSocket
  counters: LocalCounters
}

interface Waiting<T> {
  resolve(value: T): void
  reject(error: MessengerError): void
}
type AckData = { seq: number; online: number } | undefined
type Call = Extract<ClientFrame, { c: 'quit' | 'pub' | 'send' }>
/** A frame before it has its number. */
type Unnumbered<F> = F extends unknown ? Omit<F, 'id'> : never

const ERRORS: Record<ChatError, MessengerError['code']> = {
  'not-in-room': 'not-in-group',
  'no-such-room': 'not-in-group',
  'too-long': 'too-long',
  'rate-limited': 'rate-limited',
  offline: 'offline',
  // Of a frame of ours only the data can be wrong: too deep to be carried.
  'bad-frame': 'too-long',
  muted: 'muted',
  refused: 'refused',
}

/** One login, from the first try to `end`: its link, its groups and the calls that wait for an answer. */
export class LocalSession implements MessengerSession<LocalCredentials> {
  /** Settles when the first connection is usable, is refused or takes too long. */
  readonly loggedIn: Promise<void>
  private readonly link: Link
  private readonly groups = new Map<string, { seq: number; epoch: string }>()
  private readonly joins = new Map<string, Waiting<void>[]>()
  private readonly calls = new Map<number, Waiting<AckData>>()
  private login: Waiting<void> | null = null
  private lastId = 0
  private epoch = ''
  private connectedBefore = false
  private ended = false

  constructor(private readonly options: LocalSessionOptions) {
    const { credentials, connectSocket, clock, counters } = options
    this.loggedIn = new Promise((resolve, reject) => {
      this.login = this.timed('login', { resolve, reject }, (error) => this.end(error))
    })
    this.link = new Link({
      url: credentials.url,
      connectSocket,
      clock,
      events: {
        hello: () => this.hello(),
        ready: (epoch) => this.ready(epoch),
        frame: (frame) => this.receive(frame),
        down: () => this.down(),
        refused: (why) => this.refused(why),
        badFrame: () => {
          counters.badFrames += 1
        },
      },
    })
    options.onState('connecting')
    this.link.start()
  }

  /** For the next reconnect. */
  renew(credentials: LocalCredentials): void {
    this.options.credentials = credentials
  }

  wake(): void {
    this.link.wake()
  }

  /** Joins now, or as soon as there is a connection within the time of a call. */
  join(group: string): Promise<void> {
    if (this.ended) return Promise.reject(offline())
    if (this.groups.has(group)) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const waiting = this.joins.get(group)
      const mine = this.timed('join', { resolve, reject }, () => this.forgetJoin(group, mine))
      if (waiting) {
        waiting.push(mine)
      } else {
        this.joins.set(group, [mine])
        this.askToJoin(group)
      }
    })
  }

  /** Without a connection there is nothing to say: the next one does not resume the group. */
  async quit(group: string): Promise<void> {
    this.groups.delete(group)
    this.settleJoin(group, new MessengerError('not-in-group', `left ${group} before the join was answered`))
    try {
      await this.call({ c: 'quit', room: group })
    } catch (error) {
      if (!(error instanceof MessengerError) || error.code !== 'offline') throw error
    }
  }

  call(frame: Unnumbered<Call>): Promise<AckData> {
    const id = this.nextId()
    return new Promise<AckData>((resolve, reject) => {
      this.calls.set(
        id,
        this.timed(frame.c, { resolve, reject }, () => this.calls.delete(id)),
      )
      if (!this.link.send({ ...frame, id } as Call)) this.settle(id, offline())
    })
  }

  end(error: MessengerError): void {
    if (this.ended) return
    this.ended = true
    this.link.stop()
    this.failCalls(error)
    for (const group of [...this.joins.keys()]) this.settleJoin(group, error)
    this.groups.clear()
    this.login?.reject(error)
    this.login = null
    this.options.onState('offline')
  }

  private hello(): ClientFrame {
    const { userId, userSig } = this.options.credentials
    return { c: 'hello', userId, userSig, rooms: [...this.groups].map(([id, at]) => [id, at.seq, at.epoch]) }
  }

  private ready(epoch: string): void {
    const reconnected = this.connectedBefore
    this.connectedBefore = true
    if (reconnected) this.options.counters.reconnects += 1
    if (epoch !== this.epoch) {
      this.epoch = epoch
      // The server has been started again, and counts from the beginning.
      for (const at of this.groups.values()) Object.assign(at, { seq: 0, epoch })
    }
    this.options.onState('connected')
    this.login?.resolve()
    this.login = null
    for (const group of [...this.joins.keys()]) this.askToJoin(group)
    if (reconnected) for (const group of [...this.groups.keys()]) this.lostSomething(group)
  }

  private down(): void {
    this.failCalls(offline())
    this.options.onState('disconnected')
  }

  private refused(why: 'unauthenticated' | 'kicked'): void {
    if (this.connectedBefore) this.kicked(why === 'kicked' ? 'multipleDevice' : 'expired')
    else this.end(new MessengerError('unauthenticated', 'the chat server refused the credentials'))
  }

  private kicked(reason: 'multipleDevice' | 'expired'): void {
    this.end(new MessengerError('unauthenticated', `this login was ended: ${reason}`))
    this.options.emitter.emit('kicked', { reason })
  }

  private receive(frame: ServerFrame): void {
    switch (frame.c) {
      case 'msg':
        this.message(frame)
        break
      case 'ack':
        this.settle(frame.id, frame.err ? refusal(frame.err) : null, frame.data)
        break
      case 'kick':
        this.kicked(frame.reason)
        break
      case 'dissolved':
        this.groups.delete(frame.room)
        this.lostSomething(frame.room)
        break
    }
  }

  private message(frame: Extract<ServerFrame, { c: 'msg' }>): void {
    const { room, seq, from, data } = frame
    const system = frame.system === true
    if (room === undefined) {
      this.options.emitter.emit('message', { from, system, data })
      return
    }
    const at = this.groups.get(room)
    if (!at) return
    if (seq !== undefined) {
      if (seq <= at.seq) {
        this.options.counters.duplicates += 1
        return
      }
      const missing = frame.gap === true || seq > at.seq + 1
      at.seq = seq
      if (missing) this.lostSomething(room)
    }
    this.options.emitter.emit('message', { from, group: room, system, data })
  }

  private lostSomething(group: string): void {
    if (!this.ended) this.options.emitter.emit('gap', { group })
  }

  private askToJoin(group: string): void {
    const id = this.nextId()
    // Lost with the connection on purpose: the join stays wanted and is asked for again.
    const settle = (error: MessengerError | null, data?: AckData) => {
      if (error?.code === 'offline') return
      if (!error && this.joins.has(group)) this.groups.set(group, { seq: data?.seq ?? 0, epoch: this.epoch })
      this.settleJoin(group, error)
    }
    this.calls.set(id, { resolve: (data) => settle(null, data), reject: settle })
    if (!this.link.send({ c: 'join', id, room: group })) this.calls.delete(id)
  }

  private settleJoin(group: string, error: MessengerError | null): void {
    const waiting = this.joins.get(group) ?? []
    this.joins.delete(group)
    for (const one of waiting) error ? one.reject(error) : one.resolve()
  }

  private forgetJoin(group: string, one: Waiting<void>): void {
    const rest = (this.joins.get(group) ?? []).filter((other) => other !== one)
    if (rest.length > 0) this.joins.set(group, rest)
    else this.joins.delete(group)
  }

  private settle(id: number, error: MessengerError | null, data?: AckData): void {
    const call = this.calls.get(id)
    this.calls.delete(id)
    if (error) call?.reject(error)
    else call?.resolve(data)
  }

  private failCalls(error: MessengerError): void {
    for (const id of [...this.calls.keys()]) this.settle(id, error)
  }

  private nextId(): number {
    this.lastId += 1
    return this.lastId
  }

  /** Rejects after the time of a call, unless it is settled before. */
  private timed<T>(what: string, waiting: Waiting<T>, onTimeout: (error: MessengerError) => void): Waiting<T> {
    const cancel = this.options.clock.after(CALL_MS, () => {
      const error = new MessengerError('timeout', `no answer to ${what} within ${CALL_MS} ms`)
      waiting.reject(error)
      onTimeout(error)
    })
    return {
      resolve(value) {
        cancel()
        waiting.resolve(value)
      },
      reject(error) {
        cancel()
        waiting.reject(error)
      },
    }
  }
}

const offline = () => new MessengerError('offline', 'there is no connection to the chat server')
const refusal = (err: ChatError) => new MessengerError(ERRORS[err] ?? 'offline', `the chat server answered ${err}`)
