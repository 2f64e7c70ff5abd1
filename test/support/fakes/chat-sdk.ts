import type { ChatSdk, ChatSdkModule, CustomMessage } from '../../../miniprogram/services/messenger/tim/sdk'

const EVENT = {
  SDK_READY: 'ready',
  MESSAGE_RECEIVED: 'message',
  KICKED_OUT: 'kicked',
  NET_STATE_CHANGE: 'net',
} as const

/** One instance of a chat SDK that answers when the test says so, or never. */
export class FakeSdk implements ChatSdk {
  readonly calls: string[] = []
  readonly sent: CustomMessage[] = []
  destroyed = false
  userSig = ''
  /** How a call is answered; by default at once. */
  answer: (call: string) => Promise<unknown> = async () => ({ data: { status: 'JoinSuccess' } })
  private readonly handlers = new Map<string, Set<(event: unknown) => void>>()

  get listeners(): number {
    return [...this.handlers.values()].reduce((sum, set) => sum + set.size, 0)
  }

  on(event: string, handler: (event: unknown) => void): void {
    this.handlers.set(event, (this.handlers.get(event) ?? new Set()).add(handler))
  }
  off(event: string, handler: (event: unknown) => void): void {
    this.handlers.get(event)?.delete(handler)
  }
  emit(event: keyof typeof EVENT, data?: unknown): void {
    for (const handler of [...(this.handlers.get(EVENT[event]) ?? [])]) handler({ data })
  }
  login({ userSig }: { userSig: string }): Promise<unknown> {
    this.userSig = userSig
    return this.call('login')
  }
  logout = () => this.call('logout')
  async destroy(): Promise<void> {
    this.destroyed = true
  }
  joinGroup = ({ groupID }: { groupID: string }) => this.call(`join ${groupID}`)
  quitGroup = (groupID: string) => this.call(`quit ${groupID}`)
  createCustomMessage = (message: CustomMessage) => message
  sendMessage(message: unknown): Promise<unknown> {
    this.sent.push(message as CustomMessage)
    return this.call('send')
  }
  setLogLevel(): void {}

  private call(what: string): Promise<unknown> {
    this.calls.push(what)
    return this.answer(what)
  }
}

/** A module of which every instance is kept. Like the real one it gives the same until that is destroyed. */
export function fakeSdkModule(prepare: (sdk: FakeSdk) => void = () => {}) {
  const made: FakeSdk[] = []
  const module: ChatSdkModule = {
    EVENT,
    create() {
      const last = made.at(-1)
      if (last && !last.destroyed) return last
      const sdk = new FakeSdk()
      prepare(sdk)
      made.push(sdk)
      return sdk
    },
  }
  return { made, load: async () => module }
}

export const never = () => new Promise<never>(() => {})
