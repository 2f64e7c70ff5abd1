import { createHash } from 'node:crypto'

export interface CallbackOptions {
  /** Where the chat asks and tells, as an operator enters it in the console. */
  url: string
  /** Signs every request; the receiver holds the same one. */
  token: string
  /** How long a message waits for its verdict, ms; 2000, as the console has it at first. */
  verdictMs?: number
}

/**
 * Posts callbacks as Tencent's chat does (document 269/1523): the command, the application and the signature
 * `sha256(token + RequestTime)` in hex are in the address, the event is JSON in the body.
 */
export class CallbackClient {
  private readonly stop = new AbortController()
  private failing = false

  /** @param now ms since the epoch */
  constructor(
    private readonly options: CallbackOptions,
    private readonly sdkAppId: number,
    private readonly now: () => number,
  ) {}

  get closed(): boolean {
    return this.stop.signal.aborted
  }

  /** What the receiver answered, or null when it did not do so in time, with HTTP 200 and JSON. Never rejects. */
  async post(command: string, event: object, timeoutMs: number): Promise<unknown> {
    try {
      const response = await fetch(this.address(command), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ CallbackCommand: command, ...event }),
        signal: AbortSignal.any([this.stop.signal, AbortSignal.timeout(timeoutMs)]),
      })
      const text = await response.text()
      if (response.status !== 200) throw new Error(`HTTP ${response.status}`)
      const answer: unknown = JSON.parse(text)
      this.failing = false
      return answer
    } catch (error) {
      this.complain(command, error)
      return null
    }
  }

  /** Gives up what is out. */
  close(): void {
    this.stop.abort()
  }

  private address(command: string): URL {
    const url = new URL(this.options.url)
    const time = String(Math.floor(this.now() / 1000))
    const query = {
      SdkAppid: String(this.sdkAppId),
      CallbackCommand: command,
      contenttype: 'json',
      ClientIP: '127.0.0.1',
      OptPlatform: 'Web',
      RequestTime: time,
      Sign: createHash('sha256')
        .update(this.options.token + time)
        .digest('hex'),
    }
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url
  }

  /** Once, until the next one gets through: a receiver that is down fails a hundred times a second. */
  private complain(command: string, error: unknown): void {
    if (this.failing || this.closed) return
    this.failing = true
    const reason = error instanceof Error ? error.message : String(error)
    console.warn(`im: ${command} to ${this.options.url} failed (${reason}); messages pass without it`)
  }
}
