import type { ChatCredentials } from '../../../miniprogram/protocol/actions'
import { Emitter } from '../../../miniprogram/services/emitter'
import {
  type IncomingMessage,
  type Messenger,
  MessengerError,
  type MessengerEvents,
  type MessengerState,
} from '../../../miniprogram/services/messenger/port'

/** Chat in memory: messages arrive at once, unless the test loses them. */
export class FakeChatServer {
  readonly messengers = new Set<FakeMessenger>()
  /** True loses the message on the way to this member. */
  loses: (message: IncomingMessage, to: string) => boolean = () => false

  /** A message of the server to everybody in a group. */
  notify(group: string, data: unknown): void {
    this.deliver({ from: '', group, system: true, data })
  }

  /** A message to one person alone, by default of the server. */
  tell(userId: string, data: unknown, from = ''): void {
    for (const messenger of [...this.messengers]) {
      if (messenger.userId === userId) messenger.hear({ from, system: from === '', data })
    }
  }

  deliver(message: IncomingMessage): void {
    for (const messenger of [...this.messengers]) {
      if (!messenger.isIn(message.group ?? '')) continue
      if (this.loses(message, messenger.userId)) continue
      // A message that travels shares nothing with the one that was sent.
      messenger.hear({ ...message, data: JSON.parse(JSON.stringify(message.data)) })
    }
  }
}

/** The messenger of one phone. */
export class FakeMessenger implements Messenger {
  state: MessengerState = 'offline'
  userId = ''
  logins = 0
  logouts = 0
  /** Set: the next joins and messages are refused with it. */
  refusal: MessengerError['code'] | null = null
  readonly sent: { group: string; data: unknown; priority: string }[] = []
  private readonly groups = new Set<string>()
  private readonly emitter = new Emitter<MessengerEvents>()
  private subscriptions = 0
  private cut = false

  constructor(private readonly server: FakeChatServer) {
    server.messengers.add(this)
  }

  get listeners(): number {
    return this.subscriptions
  }
  isIn(group: string): boolean {
    return this.state === 'connected' && this.groups.has(group)
  }
  memberOf(): string[] {
    return [...this.groups]
  }

  async login(credentials: ChatCredentials): Promise<void> {
    this.logins++
    if (this.refusal) throw new MessengerError(this.refusal, 'refused by the test')
    if (this.cut) throw new MessengerError('timeout', 'no chat')
    this.userId = credentials.userId
    this.become('connected')
  }
  logout(): void {
    this.logouts++
    this.groups.clear()
    this.become('offline')
  }
  async joinGroup(group: string): Promise<void> {
    this.check()
    this.groups.add(group)
  }
  async quitGroup(group: string): Promise<void> {
    this.groups.delete(group)
  }
  async sendToGroup(group: string, data: unknown, priority = 'normal'): Promise<void> {
    this.check()
    this.sent.push({ group, data, priority })
    this.server.deliver({ from: this.userId, group, system: false, data })
  }
  async sendToUser(): Promise<void> {
    this.check()
  }
  on<K extends keyof MessengerEvents>(event: K, handler: (e: MessengerEvents[K]) => void): () => void {
    this.subscriptions++
    const end = this.emitter.on(event, handler)
    let on = true
    return () => {
      if (on) this.subscriptions--
      on = false
      end()
    }
  }

  hear(message: IncomingMessage): void {
    this.emitter.emit('message', message)
  }
  /** The connection breaks; what is said meanwhile is lost. */
  disconnect(): void {
    this.cut = true
    if (this.state !== 'offline') this.become('disconnected')
  }
  /** It is back, as the port promises: with a gap for every group. */
  reconnect(): void {
    this.cut = false
    if (this.state !== 'disconnected') return
    this.become('connected')
    for (const group of this.groups) this.emitter.emit('gap', { group })
  }
  kick(reason: 'multipleDevice' | 'expired'): void {
    this.groups.clear()
    this.become('offline')
    this.emitter.emit('kicked', { reason })
  }

  private check(): void {
    if (this.refusal) throw new MessengerError(this.refusal, 'refused by the test')
    if (this.state !== 'connected') throw new MessengerError('offline', 'no chat')
  }
  private become(state: MessengerState): void {
    if (this.state === state) return
    this.state = state
    this.emitter.emit('state', state)
  }
}
