import type { ChatCredentials } from '../../protocol/actions'
import { Emitter } from '../emitter'
import { type Messenger, MessengerError, type MessengerEvents, type MessengerState, type Priority } from './port'

/** A messenger that can be told that the network or the app is back. */
export type WakingMessenger = Messenger & { wake(): void }

const EVENTS = ['message', 'state', 'gap', 'kicked'] as const

/** One messenger in front of one per kind of chat, made when the server first answers with credentials of that kind. */
export class SwitchingMessenger implements WakingMessenger {
  private readonly emitter = new Emitter<MessengerEvents>()
  private readonly made = new Map<ChatCredentials['kind'], WakingMessenger>()
  private current: WakingMessenger | null = null

  constructor(private readonly make: Record<ChatCredentials['kind'], () => WakingMessenger>) {}

  get state(): MessengerState {
    return this.current?.state ?? 'offline'
  }

  /** Another kind of chat than before ends the login of the one before. */
  login(credentials: ChatCredentials): Promise<void> {
    const next = this.of(credentials.kind)
    if (next !== this.current) {
      this.current?.logout()
      this.current = next
    }
    return next.login(credentials)
  }

  logout(): void {
    this.current?.logout()
  }

  wake(): void {
    this.current?.wake()
  }

  joinGroup(group: string): Promise<void> {
    return this.current?.joinGroup(group) ?? Promise.reject(notLoggedIn())
  }

  quitGroup(group: string): Promise<void> {
    return this.current?.quitGroup(group) ?? Promise.resolve()
  }

  sendToGroup(group: string, data: unknown, priority?: Priority): Promise<void> {
    return this.current?.sendToGroup(group, data, priority) ?? Promise.reject(notLoggedIn())
  }

  sendToUser(userId: string, data: unknown): Promise<void> {
    return this.current?.sendToUser(userId, data) ?? Promise.reject(notLoggedIn())
  }

  on<K extends keyof MessengerEvents>(event: K, handler: (e: MessengerEvents[K]) => void): () => void {
    return this.emitter.on(event, handler)
  }

  private of(kind: ChatCredentials['kind']): WakingMessenger {
    const known = this.made.get(kind)
    if (known) return known
    const messenger = this.make[kind]()
    this.made.set(kind, messenger)
    for (const event of EVENTS) this.forward(messenger, event)
    return messenger
  }

  private forward<K extends keyof MessengerEvents>(messenger: WakingMessenger, event: K): void {
    messenger.on(event, (e) => this.emitter.emit(event, e))
  }
}

const notLoggedIn = () => new MessengerError('offline', 'not logged in')
