import type { ChatPriority } from '../../protocol/local-chat'
import type { Clock } from '../clock'
import { carried } from './carried'
import type { ConnectSocket } from './chat-socket'
import { type LocalCounters, type LocalCredentials, LocalSession } from './local-session'
import type { Priority } from './port'
import { SessionMessenger, type SessionPlace } from './session-messenger'

const PRIORITIES: Record<Priority, ChatPriority> = { high: 2, normal: 1, low: 0 }

export interface LocalMessengerOptions {
  connectSocket: ConnectSocket
  clock: Clock
}

/** The messenger over the local chat server: JSON frames on one WebSocket (`protocol/local-chat.ts`). */
export class LocalMessenger extends SessionMessenger<'local', LocalSession> {
  readonly counters: LocalCounters = { badFrames: 0, duplicates: 0, reconnects: 0 }

  constructor(private readonly options: LocalMessengerOptions) {
    super('local', options.clock)
  }

  async sendToGroup(group: string, data: unknown, priority: Priority = 'normal'): Promise<void> {
    await this.running().call({ c: 'pub', room: group, data: sent(data), priority: PRIORITIES[priority] })
  }

  async sendToUser(userId: string, data: unknown): Promise<void> {
    await this.running().call({ c: 'send', to: userId, data: sent(data) })
  }

  protected begin(credentials: LocalCredentials, place: SessionPlace): LocalSession {
    const { connectSocket } = this.options
    return new LocalSession({ credentials, connectSocket, counters: this.counters, ...place })
  }

  protected same(before: LocalCredentials, now: LocalCredentials): boolean {
    return before.url === now.url && before.userId === now.userId
  }
}

/** Refuses what the server would refuse. */
function sent(data: unknown): unknown {
  carried(data)
  return data ?? null
}
