import type { ChatCredentials } from '../../protocol/actions'

/** `connecting` until messages can be sent; after `disconnected` the messenger goes on trying by itself. */
export type MessengerState = 'offline' | 'connecting' | 'connected' | 'disconnected'

export interface IncomingMessage {
  /** Public user id of the sender, from the envelope. Empty for the server. */
  from: string
  /** The group, or undefined for a message to this user alone. */
  group?: string
  /** True only for messages of the server; members cannot forge it. */
  system: boolean
  data: unknown
}

export interface MessengerEvents {
  message: IncomingMessage
  state: MessengerState
  /** Messages of this group were lost: ask the server for the truth. Fires on every reconnect too. */
  gap: { group: string }
  /** This login is over and will not come back by itself. */
  kicked: { reason: 'multipleDevice' | 'expired' }
}

/** `high` for signals, `low` may be dropped under load. */
export type Priority = 'high' | 'normal' | 'low'

export class MessengerError extends Error {
  readonly code:
    | 'timeout'
    | 'offline'
    | 'rate-limited'
    | 'too-long'
    | 'not-in-group'
    | 'unauthenticated'
    /** The sender, or everybody, may not write in this group for now. */
    | 'muted'
    /** This message was not let pass; another one may be. */
    | 'refused'
  constructor(code: MessengerError['code'], message: string) {
    super(message)
    this.name = 'MessengerError'
    this.code = code
  }
}

/** Chat between people and the server. Every promise settles: the port owns its time-outs. */
export interface Messenger {
  readonly state: MessengerState
  /** Resolves when sending works. A second login with other credentials replaces the first. */
  login(credentials: ChatCredentials): Promise<void>
  logout(): void
  joinGroup(group: string): Promise<void>
  quitGroup(group: string): Promise<void>
  sendToGroup(group: string, data: unknown, priority?: Priority): Promise<void>
  sendToUser(userId: string, data: unknown): Promise<void>
  /** Returns the function that ends the subscription. */
  on<K extends keyof MessengerEvents>(event: K, handler: (e: MessengerEvents[K]) => void): () => void
}
