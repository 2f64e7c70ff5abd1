import { MessengerError } from '../port'

/**
 * The part of Tencent's chat SDK that is used here, as @tencentcloud/lite-chat 4.2.1 has it. Its own typings give events and
 * answers as `any`, so what comes from it is read as unknown.
 */
export interface ChatSdk {
  on(event: string, handler: (event: unknown) => void): void
  off(event: string, handler: (event: unknown) => void): void
  /** Resolves before messages can be sent, and may never settle without a network. */
  login(who: { userID: string; userSig: string }): Promise<unknown>
  /** May throw instead of rejecting. */
  logout(): Promise<unknown>
  destroy(): Promise<unknown>
  joinGroup(group: { groupID: string; type: 'AVChatRoom' }): Promise<unknown>
  quitGroup(groupID: string): Promise<unknown>
  createCustomMessage(message: CustomMessage): unknown
  sendMessage(message: unknown): Promise<unknown>
  setLogLevel(level: number): void
}

export interface CustomMessage {
  to: string
  conversationType: 'GROUP' | 'C2C'
  priority?: 'High' | 'Normal' | 'Low'
  payload: { data: string; description: string; extension: string }
}

export interface ChatSdkModule {
  /** The same instance for the same application until it is destroyed. Connects at once. */
  create(options: { SDKAppID: number }): ChatSdk | null
  EVENT: Readonly<Record<'SDK_READY' | 'MESSAGE_RECEIVED' | 'KICKED_OUT' | 'NET_STATE_CHANGE', string>>
}

/** Brings the SDK's module, such as `() => require.async('...')`. */
export type LoadChatSdk = () => Promise<unknown>

/** The SDK out of what was loaded; throws when it is something else. */
export function chatSdkModule(loaded: unknown): ChatSdkModule {
  const outer = (loaded ?? {}) as { default?: unknown }
  const module = (outer.default ?? outer) as Partial<ChatSdkModule>
  if (typeof module.create !== 'function' || typeof module.EVENT?.SDK_READY !== 'string') {
    throw new MessengerError('offline', 'what was loaded is not the chat SDK')
  }
  return module as ChatSdkModule
}

/** A level of the SDK's log: only what went wrong. */
export const LOG_ERRORS = 3
