import type { ChatCredentials } from '../../protocol/actions'
import type { ChatPriority } from '../../protocol/local-chat'
import type { Clock } from '../clock'
import { Emitter } from '../emitter'
import { carried } from './carried'
import type { ConnectSocket } from './chat-socket'
import { type LocalCounters, LocalSession } from './local-session'
import { type Messenger, MessengerError, type MessengerEvents, type MessengerState, type Priority } from './port'

const PRIORITIES: Record<Priority, ChatPriority> = { high: 2, normal: 1, low: 0 }

export interface LocalMessengerOptions {
  connectSocket: ConnectSocket
  clock: Clock
}

/** The messenger over the local chat server: JSON frames on one WebSocket (`protocol/local-chat.ts`). */
export class LocalMessenger implements Messenger {
  readonly counters: LocalCounters = { badFrames: 0, duplicates: 0, reconnects: 0 }
  private readonly emitter = new Emitter<MessengerEvents>()
  private session: LocalSession | null = null
  private current: MessengerState = 'offline'

  constructor(private readonly options: LocalMessengerOptions) {}

  get state(): MessengerState {
    return this.current
  }

  /**
   * Fresh credentials of the same user on the same server keep the connection and its groups; any others start anew.
   * Rejects with `unauthenticated`, or with `timeout` after 10 s; then nothing is left running.
   */
  login(credentials: ChatCredentials): Promise<void> {
    if (credentials.kind !== 'local') {
      return Promise.reject(
        new MessengerError('unauthenticated', `not credentials of a local chat: ${credentials.kind}`),
      )
    }
    const { url, userId, userSig } = credentials
    const running = this.session
    if (running && running.user.url === url && running.user.userId === userId) {
      running.renew(userSig)
      return running.loggedIn
    }
    this.logout()
    const { emitter, counters } = this
    let session: LocalSession | null = null
    const onState = (state: MessengerState) => {
      if (state === 'offline' && this.session === session) this.session = null
      this.setState(state)
    }
    session = new LocalSession({ ...this.options, url, userId, userSig, emitter, counters, onState })
    this.session = session
    return session.loggedIn
  }

  logout(): void {
    this.session?.end(new MessengerError('offline', 'logged out'))
  }

  /** The network or the app is back: reconnect now instead of when the wait is over. */
  wake(): void {
    this.session?.wake()
  }

  joinGroup(group: string): Promise<void> {
    return this.session?.join(group) ?? Promise.reject(notLoggedIn())
  }

  quitGroup(group: string): Promise<void> {
    return this.session?.quit(group) ?? Promise.resolve()
  }

  async sendToGroup(group: string, data: unknown, priority: Priority = 'normal'): Promise<void> {
    await this.running().call({ c: 'pub', room: group, data: sent(data), priority: PRIORITIES[priority] })
  }

  async sendToUser(userId: string, data: unknown): Promise<void> {
    await this.running().call({ c: 'send', to: userId, data: sent(data) })
  }

  on<K extends keyof MessengerEvents>(event: K, handler: (e: MessengerEvents[K]) => void): () => void {
    return this.emitter.on(event, handler)
  }

  private running(): LocalSession {
    if (!this.session) throw notLoggedIn()
    return this.session
  }

  private setState(state: MessengerState): void {
    if (state === this.current) return
    this.current = state
    this.emitter.emit('state', state)
  }
}

const notLoggedIn = () => new MessengerError('offline', 'not logged in')

/** Refuses what the server would refuse. */
function sent(data: unknown): unknown {
  carried(data)
  return data ?? null
}
