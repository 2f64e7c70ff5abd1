import type { ChatCredentials } from '../../../protocol/actions'
import type { Clock } from '../../clock'
import { Emitter } from '../../emitter'
import { carried } from '../carried'
import { type Messenger, MessengerError, type MessengerEvents, type MessengerState, type Priority } from '../port'
import type { LoadChatSdk } from './sdk'
import { SdkSource } from './sdk-source'
import { type TimCounters, TimSession } from './session'

export type { LoadChatSdk }

/**
 * The messenger over Tencent's chat service, by its own SDK, which is loaded with the first login. A user can be in one
 * group at a time: a second join leaves the first, and leaving the second joins the first again.
 */
export class TimMessenger implements Messenger {
  readonly counters: TimCounters = { forged: 0, unreadable: 0, recreated: 0 }
  private readonly emitter = new Emitter<MessengerEvents>()
  private readonly source: SdkSource
  private session: TimSession | null = null
  private who = { sdkAppId: 0, userId: '' }
  private current: MessengerState = 'offline'

  constructor(private readonly options: { load: LoadChatSdk; clock: Clock }) {
    this.source = new SdkSource(options.load, options.clock)
  }

  get state(): MessengerState {
    return this.current
  }

  /**
   * Fresh credentials of the same user keep the connection and its group; any others start anew. Rejects with
   * `unauthenticated`, or with `timeout` after 10 s; then nothing is left running.
   */
  login(credentials: ChatCredentials): Promise<void> {
    if (credentials.kind !== 'tim') {
      return Promise.reject(new MessengerError('unauthenticated', `not credentials of Tencent: ${credentials.kind}`))
    }
    const { sdkAppId, userId } = credentials
    if (this.session && this.who.sdkAppId === sdkAppId && this.who.userId === userId) {
      this.session.renew(credentials)
      return this.session.loggedIn
    }
    this.logout()
    this.who = { sdkAppId, userId }
    const { source, emitter, counters } = this
    let session: TimSession | null = null
    const onState = (state: MessengerState) => {
      if (state === 'offline' && this.session === session) this.session = null
      this.setState(state)
    }
    session = new TimSession({ credentials, source, clock: this.options.clock, emitter, counters, onState })
    this.session = session
    return session.loggedIn
  }

  logout(): void {
    this.session?.end(new MessengerError('offline', 'logged out'))
  }

  /** The network or the app is back: try again now instead of when the wait is over. */
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
    const text = carried(data)
    const { session } = this
    if (!session) throw notLoggedIn()
    const from = this.who.userId
    await session.sendToGroup(group, text, priority)
    // Tencent does not tell a sender what he has said himself.
    this.emitter.emit('message', { from, group, system: false, data: JSON.parse(text) })
  }

  async sendToUser(userId: string, data: unknown): Promise<void> {
    const text = carried(data)
    if (!this.session) throw notLoggedIn()
    await this.session.sendToUser(userId, text)
  }

  on<K extends keyof MessengerEvents>(event: K, handler: (e: MessengerEvents[K]) => void): () => void {
    return this.emitter.on(event, handler)
  }

  private setState(state: MessengerState): void {
    if (state === this.current) return
    this.current = state
    this.emitter.emit('state', state)
  }
}

const notLoggedIn = () => new MessengerError('offline', 'not logged in')
