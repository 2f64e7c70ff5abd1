import type { ChatCredentials } from '../../protocol/actions'
import type { Clock } from '../clock'
import { Emitter } from '../emitter'
import { type Messenger, MessengerError, type MessengerEvents, type MessengerState, type Priority } from './port'

/** One login, from the first try to `end`. */
export interface MessengerSession<Credentials> {
  /** Settles when messages can be sent, the credentials are refused or it takes too long. */
  readonly loggedIn: Promise<void>
  /** Newer credentials of the same user, for when the connection has to be made again. */
  renew(credentials: Credentials): void
  wake(): void
  join(group: string): Promise<void>
  quit(group: string): Promise<void>
  end(error: MessengerError): void
}

/** What a session is made with by any messenger. */
export interface SessionPlace {
  clock: Clock
  emitter: Emitter<MessengerEvents>
  /** Called with every change, and with `offline` when the session has ended. */
  onState: (state: MessengerState) => void
}

/** What every messenger does with its one session: it begins with a login, is kept by the next one, and ends with the last. */
export abstract class SessionMessenger<
  Kind extends ChatCredentials['kind'],
  Session extends MessengerSession<Extract<ChatCredentials, { kind: Kind }>>,
> implements Messenger
{
  protected readonly emitter = new Emitter<MessengerEvents>()
  private session: Session | null = null
  private credentials: Extract<ChatCredentials, { kind: Kind }> | null = null
  private current: MessengerState = 'offline'

  protected constructor(
    private readonly kind: Kind,
    private readonly clock: Clock,
  ) {}

  abstract sendToGroup(group: string, data: unknown, priority?: Priority): Promise<void>
  abstract sendToUser(userId: string, data: unknown): Promise<void>

  protected abstract begin(credentials: Extract<ChatCredentials, { kind: Kind }>, place: SessionPlace): Session
  /** Whether the session of the first serves the second as well. */
  protected abstract same(
    before: Extract<ChatCredentials, { kind: Kind }>,
    now: Extract<ChatCredentials, { kind: Kind }>,
  ): boolean

  get state(): MessengerState {
    return this.current
  }

  /**
   * Fresh credentials of the same user keep the connection and its groups; any others start anew. Rejects with
   * `unauthenticated`, or with `timeout` after 10 s; then nothing is left running.
   */
  login(credentials: ChatCredentials): Promise<void> {
    if (!this.mine(credentials)) {
      return Promise.reject(
        new MessengerError('unauthenticated', `credentials of ${credentials.kind}, not of ${this.kind}`),
      )
    }
    const running = this.session
    if (running && this.credentials && this.same(this.credentials, credentials)) {
      running.renew(credentials)
      return running.loggedIn
    }
    this.logout()
    this.credentials = credentials
    let session: Session | null = null
    const onState = (state: MessengerState) => {
      if (state === 'offline' && this.session === session) this.session = null
      this.setState(state)
    }
    session = this.begin(credentials, { clock: this.clock, emitter: this.emitter, onState })
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

  on<K extends keyof MessengerEvents>(event: K, handler: (e: MessengerEvents[K]) => void): () => void {
    return this.emitter.on(event, handler)
  }

  /** Throws `offline` without a login. */
  protected running(): Session {
    if (!this.session) throw notLoggedIn()
    return this.session
  }

  private mine(credentials: ChatCredentials): credentials is Extract<ChatCredentials, { kind: Kind }> {
    return credentials.kind === this.kind
  }

  private setState(state: MessengerState): void {
    if (state === this.current) return
    this.current = state
    this.emitter.emit('state', state)
  }
}

const notLoggedIn = () => new MessengerError('offline', 'not logged in')
