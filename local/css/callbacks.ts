import { createHash } from 'node:crypto'
import type { StreamingConfig } from './options'
import type { EndCause, Push } from './stream-table'

const APP_ID = 1_400_000_000
/** Tencent's callbacks are valid for ten minutes. */
const VALID_SECONDS = 600
const TIMEOUT_MS = 20_000
/** How often an event about a recording is sent after the usual retries: the receiver may still be starting. */
const PATIENCE = 12

type CallbackConfig = Pick<
  StreamingConfig,
  'app' | 'domain' | 'host' | 'callbackKey' | 'callbackUrl' | 'callbackRetryMs'
>

/**
 * Event callbacks of a push domain: 1 = push started, 0 = push ended (docs 267/38081, 267/47025), and those about
 * recordings. In order per stream, repeated until the receiver answers 200; it must be idempotent all the same.
 */
export class Callbacks {
  readonly #queues = new Map<string, Promise<boolean>>()
  readonly #stop = new AbortController()

  constructor(
    private readonly config: CallbackConfig,
    private readonly now: () => number = Date.now,
  ) {}

  started(push: Push): void {
    const event = { ...this.#common(push), event_type: 1, errcode: 0, errmsg: 'ok', width: 0, height: 0 }
    void this.#enqueue(push.name, event, this.config.callbackRetryMs)
  }

  ended(push: Push, cause: EndCause): void {
    const { width, height } = push.stream.info
    const push_duration = String(this.now() - push.startedAt)
    const event = { ...this.#common(push), event_type: 0, ...cause, push_duration, width, height }
    void this.#enqueue(push.name, event, this.config.callbackRetryMs)
  }

  /**
   * Sends an event about a recording of a stream, in an order of its own: it may be repeated for a minute, and nobody
   * shall learn so late that a push has ended. Resolves whether it has been delivered.
   */
  record(stream: string, event: object): Promise<boolean> {
    const { callbackRetryMs } = this.config
    const waits = [...callbackRetryMs, ...Array<number>(PATIENCE).fill(callbackRetryMs.at(-1) ?? 0)]
    return this.#enqueue(`record ${stream}`, { appid: APP_ID, ...event }, waits)
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

  #enqueue(queueName: string, event: object, waits: readonly number[]): Promise<boolean> {
    const before = this.#queues.get(queueName) ?? Promise.resolve(true)
    const queue = before.then(() => this.#deliver(event, waits))
    this.#queues.set(queueName, queue)
    void queue.finally(() => {
      if (this.#queues.get(queueName) === queue) this.#queues.delete(queueName)
    })
    return queue
  }

  async #deliver(event: object, waits: readonly number[]): Promise<boolean> {
    for (const wait of [...waits, null]) {
      if (this.#stop.signal.aborted) return false
      if (await this.#post(event)) return true
      if (wait !== null) await pause(wait, this.#stop.signal)
    }
    if (!this.#stop.signal.aborted) console.warn(`stream callback not delivered to ${this.config.callbackUrl}`)
    return false
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
