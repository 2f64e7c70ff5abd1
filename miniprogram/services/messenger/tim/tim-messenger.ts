import type { Clock } from '../../clock'
import { carried } from '../carried'
import type { Priority } from '../port'
import { SessionMessenger, type SessionPlace } from '../session-messenger'
import type { LoadChatSdk } from './sdk'
import { SdkSource } from './sdk-source'
import { type TimCounters, type TimCredentials, TimSession } from './session'

export type { LoadChatSdk }

/**
 * The messenger over Tencent's chat service, by its own SDK, which is loaded with the first login. A user can be in one
 * group at a time: a second join leaves the first, and leaving the second joins the first again.
 */
export class TimMessenger extends SessionMessenger<'tim', TimSession> {
  readonly counters: TimCounters = { forged: 0, unreadable: 0, recreated: 0 }
  private readonly source: SdkSource

  constructor({ load, clock }: { load: LoadChatSdk; clock: Clock }) {
    super('tim', clock)
    this.source = new SdkSource(load, clock)
  }

  async sendToGroup(group: string, data: unknown, priority: Priority = 'normal'): Promise<void> {
    const text = carried(data)
    const session = this.running()
    await session.sendToGroup(group, text, priority)
    // Tencent does not tell a sender what he has said himself.
    this.emitter.emit('message', { from: session.userId, group, system: false, data: JSON.parse(text) })
  }

  async sendToUser(userId: string, data: unknown): Promise<void> {
    const text = carried(data)
    await this.running().sendToUser(userId, text)
  }

  protected begin(credentials: TimCredentials, place: SessionPlace): TimSession {
    return new TimSession({ credentials, source: this.source, counters: this.counters, ...place })
  }

  protected same(before: TimCredentials, now: TimCredentials): boolean {
    return before.sdkAppId === now.sdkAppId && before.userId === now.userId
  }
}
