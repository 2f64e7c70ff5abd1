import type { Clock } from '../../clock'
import { within } from '../within'
import { type ChatSdk, type ChatSdkModule, chatSdkModule, LOG_ERRORS, type LoadChatSdk } from './sdk'

/** How long an instance may take to say goodbye to the server (ms), and as long again to clean up. */
const GOODBYE_MS = 1_000

/** Loads the SDK once, and sees to it that there is one instance at a time: the SDK keeps its state in its module. */
export class SdkSource {
  private module: Promise<ChatSdkModule> | null = null
  private last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly load: LoadChatSdk,
    private readonly clock: Clock,
  ) {}

  /** A new instance once the one before is gone; null when it is not `wanted` any more. Rejects when the SDK is not to be had. */
  async create(
    sdkAppId: number,
    wanted: () => boolean,
  ): Promise<{ sdk: ChatSdk; EVENT: ChatSdkModule['EVENT'] } | null> {
    this.module ??= this.load().then(chatSdkModule)
    const { create, EVENT } = await this.module.catch((error: unknown) => {
      // The next one may load it: the network was gone, or the package was being updated.
      this.module = null
      console.error('the chat SDK could not be loaded', error)
      throw error
    })
    await this.last
    const sdk = wanted() ? create({ SDKAppID: sdkAppId }) : null
    sdk?.setLogLevel(LOG_ERRORS)
    return sdk && { sdk, EVENT }
  }

  /** Ends an instance, whatever state it is in. */
  release(sdk: ChatSdk): void {
    // The SDK throws when there is nobody to log out, and waits when there is no network.
    const leave = (what: string, act: () => Promise<unknown>) =>
      within(this.clock, GOODBYE_MS, what, Promise.resolve().then(act)).catch(() => {})
    this.last = leave('logout', () => sdk.logout()).then(() => leave('destroy', () => sdk.destroy()))
  }
}
