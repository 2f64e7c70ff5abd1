import type { ChatCredentials } from '../../protocol/actions'
import type { MemberMessage, PersonalMessage, SystemMessage } from '../../protocol/messages'
import { MessengerError, type Priority } from '../../services/messenger/port'
import type { ChatLogin } from '../chat-login'
import type { RetryPlan } from '../retry-plan'
import type { Scope } from '../scope'
import { readMember, readSystem } from './read-message'
import { readPersonal } from './read-personal'

/** An enter that was joined within this time (ms) of its answer has hardly missed a message. */
const PROMPT_MS = 1500

export interface GroupLinkDeps {
  scope: Scope
  chat: ChatLogin
  retry: RetryPlan
  roomId: string
  credentials: ChatCredentials
  onSystem(message: SystemMessage): void
  onMember(from: string, message: MemberMessage): void
  /** The server has something to tell this user alone. */
  onPersonal(message: PersonalMessage): void
  /** Messages may have been missed: ask the server. */
  onDoubt(): void
  onOnline(online: boolean): void
  onKicked(reason: 'multipleDevice' | 'expired'): void
}

/** A room's chat group, from login to quit. What it hears is a hint; what has no known shape is dropped and counted. */
export class GroupLink {
  dropped = 0
  private joined = false
  private joining = false

  constructor(private readonly deps: GroupLinkDeps) {
    const { scope, chat, roomId } = deps
    const { messenger } = chat
    scope.onEnd(chat.hold())
    scope.onEnd(() => {
      messenger.quitGroup(roomId).catch(() => {})
    })
    scope.onEnd(
      messenger.on('message', ({ from, group, system, data }) => {
        if (group === roomId) this.receive(from, system, data)
        else if (group === undefined && system) this.receiveAlone(data)
      }),
    )
    scope.onEnd(
      messenger.on('gap', ({ group }) => {
        if (group !== roomId) return
        deps.onDoubt()
        // The server may have started anew without the group's members.
        void this.join()
      }),
    )
    scope.onEnd(messenger.on('state', () => this.tell()))
    scope.onEnd(
      messenger.on('kicked', ({ reason }) => {
        this.joined = false
        this.tell()
        deps.onKicked(reason)
      }),
    )
  }

  /** Logs in and joins, and goes on trying; a call that is under way is joined. */
  async join(credentials?: ChatCredentials): Promise<void> {
    if (credentials) this.deps.credentials = credentials
    if (this.joining) return
    this.joining = true
    const { scope, chat, retry, roomId } = this.deps
    const began = scope.clock.now()
    for (let tries = 1; ; tries++) {
      try {
        await scope.guard(chat.login(this.deps.credentials))
        await scope.guard(chat.messenger.joinGroup(roomId))
        break
      } catch (error) {
        if (error instanceof MessengerError && error.code === 'unauthenticated') {
          this.joining = false
          this.deps.onKicked('expired')
          return
        }
        const delay = retry.next({ tries, elapsedMs: scope.clock.now() - began })
        await scope.wait(Math.max(delay ?? 0, 300))
      }
    }
    this.joining = false
    const first = !this.joined
    this.joined = true
    this.tell()
    if (first && scope.clock.now() - began > PROMPT_MS) this.deps.onDoubt()
  }

  /** Rejects with MessengerError. */
  async post(message: MemberMessage, priority: Priority): Promise<void> {
    const { chat, roomId } = this.deps
    try {
      await chat.messenger.sendToGroup(roomId, message, priority)
    } catch (error) {
      if (error instanceof MessengerError && error.code === 'not-in-group') void this.join()
      throw error
    }
  }

  private tell(): void {
    this.deps.onOnline(this.joined && this.deps.chat.messenger.state === 'connected')
  }

  /** Rooms share the login, so most of what is not for this one is for another. */
  private receiveAlone(data: unknown): void {
    const message = readPersonal(this.deps.roomId, data)
    if (message) this.deps.onPersonal(message)
  }

  private receive(from: string, system: boolean, data: unknown): void {
    if (system) {
      const message = readSystem(this.deps.roomId, data)
      if (message) this.deps.onSystem(message)
      else this.dropped++
      return
    }
    const message = readMember({ from, data })
    if (message) this.deps.onMember(from, message)
    else this.dropped++
  }
}
