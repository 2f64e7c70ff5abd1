import type { Clock } from '../../clock'
import { MessengerError } from '../port'
import { within } from '../within'
import { messengerError } from './errors'
import type { ChatSdk } from './sdk'

/** How long a login, a join or a message may take. */
export const CALL_MS = 10_000

export interface GroupsEvents {
  gap(group: string): void
  /** The SDK believes to be in a group whose polls lead nowhere any more: only a new instance comes out of that. */
  stuck(): void
}

/**
 * The one AVChatRoom that a user of this platform may be in. Who wants another leaves the first before; who leaves that
 * one is taken back to the first, if it is still wanted, and told that something is missing.
 */
export class TimGroups {
  /** Oldest first; the last one is where the user is, or should be. */
  private readonly wanted: string[] = []
  private readonly waiting = new Map<string, Set<{ resolve(): void; reject(error: MessengerError): void }>>()
  private current: string | null = null
  private sdk: ChatSdk | null = null
  /** What the SDK of now has been in. */
  private readonly known = new Set<string>()
  private working: Promise<void> | null = null

  constructor(
    private readonly clock: Clock,
    private readonly events: GroupsEvents,
  ) {}

  get joined(): string | null {
    return this.current
  }

  /** Another SDK, which is in no group yet. */
  adopt(sdk: ChatSdk): void {
    this.abandon()
    this.sdk = sdk
    void this.work()
  }

  /** The SDK is gone; what is wanted stays wanted. */
  abandon(): void {
    this.sdk = null
    this.current = null
    this.known.clear()
    // Whatever it was doing may never be answered.
    this.working = null
  }

  /** The connection is back. Polls go on by themselves, but what was said meanwhile may be lost. */
  resumed(): void {
    if (this.current) this.events.gap(this.current)
    void this.work()
  }

  /** Joins now, or as soon as there is a connection within the time of a call. */
  join(group: string): Promise<void> {
    this.forget(group)
    this.wanted.push(group)
    if (this.current === group) return Promise.resolve()
    const answer = new Promise<void>((resolve, reject) => {
      const waiting = this.waiting.get(group) ?? new Set()
      this.waiting.set(group, waiting.add({ resolve, reject }))
    })
    void this.work()
    return within(this.clock, CALL_MS, 'join', answer).catch((error: MessengerError) => {
      if (error.code === 'timeout') this.refuse(group, error)
      throw error
    })
  }

  async quit(group: string): Promise<void> {
    this.refuse(group, new MessengerError('not-in-group', `left ${group} before the join was answered`))
    await this.work()
  }

  /** The server says that the user is not in it: it was dissolved, or made anew. */
  lost(group: string): void {
    this.forget(group)
    if (this.current === group) this.current = null
  }

  end(error: MessengerError): void {
    this.abandon()
    for (const group of [...this.waiting.keys()]) this.refuse(group, error)
    this.wanted.length = 0
  }

  private forget(group: string): void {
    const at = this.wanted.indexOf(group)
    if (at >= 0) this.wanted.splice(at, 1)
  }

  private refuse(group: string, error: MessengerError): void {
    this.forget(group)
    this.settle(group, (one) => one.reject(error))
  }

  private settle(
    group: string,
    tell: (one: { resolve(): void; reject(error: MessengerError): void }) => void,
  ): boolean {
    const waiting = this.waiting.get(group)
    this.waiting.delete(group)
    for (const one of waiting ?? []) tell(one)
    return waiting !== undefined
  }

  /** One step after the other until the user is where he wants to be; whoever calls meanwhile joins in. */
  private work(): Promise<void> {
    const { sdk } = this
    if (!sdk) return Promise.resolve()
    if (this.working) return this.working
    const working = this.steps(sdk).finally(() => {
      if (this.working === working) this.working = null
    })
    this.working = working
    return working
  }

  private async steps(sdk: ChatSdk): Promise<void> {
    while (this.sdk === sdk) {
      const { current } = this
      const target = this.wanted[this.wanted.length - 1] ?? null
      if (current === target) return
      if (current !== null) {
        this.current = null
        // Gone already, or out of reach: the service takes him out by itself.
        await within(this.clock, CALL_MS, 'quit', sdk.quitGroup(current)).catch(() => {})
      } else if (target !== null && !(await this.enter(sdk, target))) return
    }
  }

  /** False: nothing can be done for now. */
  private async enter(sdk: ChatSdk, group: string): Promise<boolean> {
    try {
      const answer = await within(this.clock, CALL_MS, 'join', sdk.joinGroup({ groupID: group, type: 'AVChatRoom' }))
      if (this.sdk !== sdk) return true
      if (statusOf(answer) === 'AlreadyInGroup' && this.known.has(group)) {
        this.events.stuck()
        return false
      }
    } catch (thrown) {
      if (this.sdk !== sdk) return true
      const error = messengerError('join', thrown)
      // A lost connection comes back, and `resumed` or `adopt` with it.
      if (error.code === 'offline' || error.code === 'timeout') return false
      this.refuse(group, error)
      return true
    }
    this.known.add(group)
    this.current = group
    const asked = this.settle(group, (one) => one.resolve())
    if (!asked && this.wanted.includes(group)) this.events.gap(group)
    return true
  }
}

const statusOf = (answer: unknown): unknown =>
  (answer as { data?: { status?: unknown } | null } | null | undefined)?.data?.status
