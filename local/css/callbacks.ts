import { createHash } from 'node:crypto'
import type { StreamingConfig } from './options'
import type { EndCause, Push } from './stream-table'

const APP_ID = 1_400_000_000
/** Tencent's callbacks are valid for ten minutes. */
const VALID_SECONDS = 600
const TIMEOUT_MS = 20_000

type CallbackConfig = Pick<
  StreamingConfig,
  'app' | 'domain' | 'host' | 'callbackKey' | 'callbackUrl' | 'callbackRetryMs'
>

/**
 * Event callbacks of a push domain: 1 = push started, 0 = push ended (docs 267/38081, 267/47025). In order per stream,
 * repeated until the receiver answers 200; it must be idempotent all the same.
 */
export class Callbacks {
  readonly #queues = new Map<string, Promise<void>>()
  readonly #stop = new AbortController()

  constructor(
    private readonly config: CallbackConfig,
    private readonly now: () => number = Date.now,
  ) {}

  started(push: Push): void {
    this.#enqueue(push.name, { ...this.#common(push), event_type: 1, errcode: 0, errmsg: 'ok', width: 0, height: 0 })
  }

  ended(push: Push, cause: EndCause): void {
    const { width, height } = push.stream.info
    const push_duration = String(this.now() - push.startedAt)
    this.#enqueue(push.name, { ...this.#common(push), event_type: 0, ...cause, push_duration, width, height })
  }

  /** Gives up what is queued. */
  close(): void {
    this.#stop.abort()
  }

  #common(push: Push): object {
    return {
      appid: APP_ID,
      app: this.config.domain,
      appname: push.app,
      stream_id: push.name,
      channel_id: push.name,
      event_time: Math.floor(this.now() / 1000),
      sequence: push.sequence,
      node: this.config.host,
      user_ip: push.ip,
      stream_param: push.query,
      set_id: 2,
    }
  }

  #enqueue(name: string, event: object): void {
    const before = this.#queues.get(name) ?? Promise.resolve()
    const queue = before.then(() => this.#deliver(event))
    this.#queues.set(name, queue)
    queue.finally(() => {
      if (this.#queues.get(name) === queue) this.#queues.delete(name)
    })
  }

  async #deliver(event: object): Promise<void> {
    for (const wait of [...this.config.callbackRetryMs, null]) {
      if (this.#stop.signal.aborted || (await this.#post(event))) return
      if (wait !== null) await pause(wait, this.#stop.signal)
    }
    if (!this.#stop.signal.aborted) console.warn(`stream callback not delivered to ${this.config.callbackUrl}`)
  }

  /** One attempt, with a sign of its own. */
  async #post(event: object): Promise<boolean> {
    const t = Math.floor(this.now() / 1000) + VALID_SECONDS
    const sign = createHash('md5').update(`${this.config.callbackKey}${t}`).digest('hex')
    try {
      const response = await fetch(this.config.callbackUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...event, t, sign }),
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      })
      await response.arrayBuffer()
      return response.status === 200
    } catch {
      return false
    }
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
