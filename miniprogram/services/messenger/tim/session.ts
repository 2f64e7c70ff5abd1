import type { ChatCredentials } from '../../../protocol/actions'
import { MessengerError, type Priority } from '../port'
import { type Pace, SendQueue } from '../send-queue'
import type { MessengerSession, SessionPlace } from '../session-messenger'
import { within } from '../within'
import { messengerError } from './errors'
import { CALL_MS, TimGroups } from './groups'
import { TimInstance } from './instance'
import { readMessage } from './read'
import type { ChatSdk } from './sdk'
import type { SdkSource } from './sdk-source'

export type TimCredentials = Extract<ChatCredentials, { kind: 'tim' }>

/** Waits before the next instance: about 0.4, 1.2, 3.6, 11, 30 s, each shortened by chance by up to a half. */
const BACK_OFF = { firstMs: 400, factor: 3, capMs: 30_000 } as const
/** The SDK reconnects by itself every 1 to 5 s; when it has not by then, another instance is tried. */
export const OUTAGE_MS = 20_000
/** A group takes 40 messages a second of all its members together, a person about 10 (document 269/117335). */
const GROUP_PACE: Pace = { perSecond: 40, burst: 10, waiting: 20 }
const PERSON_PACE: Pace = { perSecond: 10, burst: 5, waiting: 20 }
const PRIORITIES = { high: 'High', normal: 'Normal', low: 'Low' } as const

export interface TimCounters {
  forged: number
  unreadable: number
  /** Instances of the SDK that were given up. */
  recreated: number
}

export interface TimSessionOptions extends SessionPlace {
  credentials: TimCredentials
  source: SdkSource
  counters: TimCounters
}

/** One login, from the first try to `end`: the instance of the SDK of now, its group and what waits to be sent. */
export class TimSession implements MessengerSession<TimCredentials> {
  /** Settles when messages can be sent, the credentials are refused or it takes too long. */
  readonly loggedIn: Promise<void>
  private login: { resolve(): void; reject(error: MessengerError): void } | null = null
  private readonly groups: TimGroups
  private readonly toGroup: SendQueue
  private readonly toPerson: SendQueue
  private readonly pending = new Set<(error: MessengerError) => void>()
  private instance: TimInstance | null = null
  private sdk: ChatSdk | null = null
  /** After a lost connection the SDK would keep a message and send it whenever it is back: too late for a live show. */
  private connected = false
  private wasReady = false
  private ended = false
  private tries = 0
  private cancelWait: (() => void) | null = null

  constructor(private readonly options: TimSessionOptions) {
    const { clock, emitter } = options
    this.groups = new TimGroups(clock, {
      gap: (group) => emitter.emit('gap', { group }),
      stuck: () => this.again(),
    })
    this.toGroup = new SendQueue(clock, GROUP_PACE)
    this.toPerson = new SendQueue(clock, PERSON_PACE)
    const first = new Promise<void>((resolve, reject) => {
      this.login = { resolve, reject }
    })
    this.loggedIn = within(clock, CALL_MS, 'login', first).catch((error: MessengerError) => {
      this.end(error)
      throw error
    })
    options.onState('connecting')
    this.attempt()
  }

  get userId(): string {
    return this.options.credentials.userId
  }

  /** For the next instance. */
  renew(credentials: TimCredentials): void {
    this.options.credentials = credentials
  }

  /** The network or the app came back: what waits for another instance waits no longer. */
  wake(): void {
    if (!this.instance && !this.ended) this.attempt()
  }

  join(group: string): Promise<void> {
    return this.ended ? Promise.reject(offline()) : this.groups.join(group)
  }

  quit(group: string): Promise<void> {
    return this.groups.quit(group)
  }

  /** Rejects with `not-in-group` too when the service says so; then the group is to be joined anew. */
  async sendToGroup(group: string, text: string, priority: Priority): Promise<void> {
    this.usable()
    if (this.groups.joined !== group) throw new MessengerError('not-in-group', `${group} was not joined`)
    try {
      await this.toGroup.run(priority, () => this.send({ to: group, conversationType: 'GROUP' }, text, priority))
    } catch (error) {
      if (error instanceof MessengerError && error.code === 'not-in-group') this.groups.lost(group)
      throw error
    }
  }

  async sendToUser(userId: string, text: string): Promise<void> {
    this.usable()
    await this.toPerson.run('high', () => this.send({ to: userId, conversationType: 'C2C' }, text, 'high'))
  }

  end(error: MessengerError): void {
    if (this.ended) return
    this.ended = true
    this.groups.end(error)
    this.drop(error)
    this.login?.reject(error)
    this.login = null
    this.options.onState('offline')
  }

  private attempt(): void {
    this.cancelWait?.()
    this.cancelWait = null
    const { source, clock, credentials } = this.options
    const { sdkAppId, userId, userSig } = credentials
    this.instance = new TimInstance({
      ...{ source, clock, sdkAppId, userId, userSig },
      events: {
        ready: (sdk) => this.ready(sdk),
        failed: (error) => this.failed(error),
        net: (connected) => (connected ? this.restored() : this.down()),
        messages: (list) => this.receive(list),
        kicked: (reason) => this.kicked(reason),
      },
    })
    void this.instance.start()
  }

  private ready(sdk: ChatSdk): void {
    this.wasReady = true
    this.tries = 0
    this.sdk = sdk
    this.connected = true
    this.options.onState('connected')
    this.login?.resolve()
    this.login = null
    this.groups.adopt(sdk)
  }

  private down(): void {
    this.connected = false
    this.options.onState('disconnected')
    this.fail(offline())
    this.cancelWait?.()
    this.cancelWait = this.options.clock.after(OUTAGE_MS, () => this.again())
  }

  private restored(): void {
    this.cancelWait?.()
    this.cancelWait = null
    this.connected = true
    this.options.onState('connected')
    this.groups.resumed()
  }

  private failed(error: MessengerError): void {
    if (error.code !== 'unauthenticated') this.again()
    else if (this.wasReady) this.kicked('expired')
    else this.end(error)
  }

  private kicked(reason: 'multipleDevice' | 'expired'): void {
    this.end(new MessengerError('unauthenticated', `this login was ended: ${reason}`))
    this.options.emitter.emit('kicked', { reason })
  }

  /** Gives up the instance and makes another one a little later. */
  private again(): void {
    const { clock, counters } = this.options
    counters.recreated += 1
    this.drop(offline())
    this.groups.abandon()
    if (this.wasReady) this.options.onState('disconnected')
    const longest = Math.min(BACK_OFF.capMs, BACK_OFF.firstMs * BACK_OFF.factor ** this.tries)
    this.tries += 1
    this.cancelWait = clock.after(longest * (1 - clock.random() / 2), () => this.attempt())
  }

  private drop(error: MessengerError): void {
    this.cancelWait?.()
    this.cancelWait = null
    this.instance?.end()
    this.instance = null
    this.sdk = null
    this.connected = false
    this.fail(error)
  }

  private fail(error: MessengerError): void {
    this.toGroup.clear(error)
    this.toPerson.clear(error)
    for (const refuse of [...this.pending]) refuse(error)
  }

  private usable(): ChatSdk {
    if (!this.sdk || !this.connected) throw offline()
    return this.sdk
  }

  private async send(
    where: { to: string; conversationType: 'GROUP' | 'C2C' },
    data: string,
    priority: Priority,
  ): Promise<void> {
    const sdk = this.usable()
    const payload = { data, description: '', extension: '' }
    let refuse: (error: MessengerError) => void = () => {}
    const lost = new Promise<never>((_, reject) => {
      refuse = reject
    })
    this.pending.add(refuse)
    try {
      const message = sdk.createCustomMessage({ ...where, priority: PRIORITIES[priority], payload })
      await within(this.options.clock, CALL_MS, 'a message', Promise.race([sdk.sendMessage(message), lost]))
    } catch (error) {
      throw messengerError('a message', error)
    } finally {
      this.pending.delete(refuse)
    }
  }

  private receive(list: readonly unknown[]): void {
    const { credentials, counters, emitter } = this.options
    for (const one of list) {
      const heard = readMessage(one, credentials.admin)
      if (heard.kind === 'message') {
        // What is still on its way out of a room that was left is for nobody.
        const { group } = heard.message
        if (group === undefined || group === this.groups.joined) emitter.emit('message', heard.message)
      } else if (heard.kind === 'dissolved') {
        this.groups.lost(heard.group)
        emitter.emit('gap', { group: heard.group })
      } else if (heard.kind !== 'other') counters[heard.kind] += 1
    }
  }
}

const offline = () => new MessengerError('offline', 'there is no connection to the chat service')
