import type { Clock } from '../../clock'
import { MessengerError } from '../port'
import { messengerError } from './errors'
import type { ChatSdk, ChatSdkModule } from './sdk'
import type { SdkSource } from './sdk-source'

/** An instance that cannot send by then is given up: Tencent's login may hang for ever. */
export const ATTEMPT_MS = 6_000

export interface InstanceEvents {
  /** Messages can be sent. */
  ready(sdk: ChatSdk): void
  /** It will not become ready: the credentials are refused, the SDK cannot be loaded, or it took too long. */
  failed(error: MessengerError): void
  /** The socket was lost, or is back. Only after `ready`. */
  net(connected: boolean): void
  messages(list: readonly unknown[]): void
  kicked(reason: 'multipleDevice' | 'expired'): void
}

export interface InstanceOptions {
  source: SdkSource
  clock: Clock
  sdkAppId: number
  userId: string
  userSig: string
  events: InstanceEvents
}

/** One instance of the SDK from its creation to its end. After `end` it says nothing any more. */
export class TimInstance {
  private ended = false
  private ready = false
  private readonly endings: (() => void)[] = []

  constructor(private readonly options: InstanceOptions) {}

  async start(): Promise<void> {
    const { source, clock, sdkAppId, userId, userSig } = this.options
    try {
      const created = await source.create(sdkAppId, () => !this.ended)
      if (!created) return
      const { sdk, EVENT } = created
      this.endings.push(() => source.release(sdk))
      const tooLong = () => this.fail(new MessengerError('timeout', `not ready within ${ATTEMPT_MS} ms`))
      this.endings.push(clock.after(ATTEMPT_MS, () => this.ready || tooLong()))
      this.listen(sdk, EVENT)
      await sdk.login({ userID: userId, userSig })
    } catch (error) {
      this.fail(messengerError('login', error))
    }
  }

  end(): void {
    this.ended = true
    for (const end of this.endings.splice(0).reverse()) end()
  }

  private fail(error: MessengerError): void {
    if (!this.ended) this.options.events.failed(error)
  }

  private listen(sdk: ChatSdk, EVENT: ChatSdkModule['EVENT']): void {
    const { events } = this.options
    const on = (event: string, heard: (data: unknown) => void) => {
      const handler = (e: unknown) => {
        if (!this.ended) heard((e as { data?: unknown } | undefined)?.data)
      }
      sdk.on(event, handler)
      this.endings.push(() => sdk.off(event, handler))
    }
    on(EVENT.SDK_READY, () => {
      this.ready = true
      events.ready(sdk)
    })
    on(EVENT.NET_STATE_CHANGE, (data) => {
      const { state } = (data ?? {}) as { state?: unknown }
      // `connecting` is on the way to one of these.
      if (this.ready && (state === 'connected' || state === 'disconnected')) events.net(state === 'connected')
    })
    on(EVENT.MESSAGE_RECEIVED, (data) => events.messages(Array.isArray(data) ? data : []))
    on(EVENT.KICKED_OUT, (data) => events.kicked(whyKicked((data as { type?: unknown } | undefined)?.type)))
  }
}

/** An operator who ends a login by the REST API wants new credentials to be asked for, as after an expiry. */
const whyKicked = (type: unknown) =>
  type === 'userSigExpired' || type === 'REST_API_Kick' ? 'expired' : 'multipleDevice'
