import { createHash, randomBytes } from 'node:crypto'
import { signWebToken } from '../../cloudfunctions/core/web-token'
import type { ActionName, Input, Output } from '../../miniprogram/protocol/actions'
import type { Reply } from '../../miniprogram/protocol/errors'

export interface DoorsOptions {
  /** What stands before `/web-room` and `/live-callback`. */
  base: string
  webTokenSecret: string
  callbackKey: string
}

const TOKEN_TTL_S = 3600
const CALLBACK_TTL_S = 600
/** A function may take 20 s, and a cold start comes on top. */
const LIMIT_MS = 30_000

/** Somebody who uses the service through its HTTP doors, and the streaming cloud that tells of his stream. */
export class Visitor {
  readonly openid = `smoke-${randomBytes(8).toString('hex')}`
  readonly #token: string

  constructor(private readonly options: DoorsOptions) {
    this.#token = signWebToken(options.webTokenSecret, this.openid, Math.floor(Date.now() / 1000) + TOKEN_TTL_S)
  }

  /** @throws Error with the code of the refusal */
  async call<A extends ActionName>(action: A, input: Input<A>): Promise<Output<A>> {
    const { status, text } = await this.#post(
      'web-room',
      { action, ...input },
      { authorization: `Bearer ${this.#token}` },
    )
    const reply = parse(text) as Reply<Output<A>> | null
    if (reply && 'result' in reply) return reply.result
    throw new Error(
      reply && 'error' in reply ? `${action}: ${reply.error.code}` : `${action}: HTTP ${status}, no reply of web-room`,
    )
  }

  /** Tells `live-callback` that a push began (1) or ended (0). */
  async tell(type: 0 | 1, stream: string, sequence: string): Promise<void> {
    const t = Math.floor(Date.now() / 1000) + CALLBACK_TTL_S
    const sign = createHash('md5').update(`${this.options.callbackKey}${t}`).digest('hex')
    const eventTime = Math.floor(Date.now() / 1000)
    const body = { event_type: type, stream_id: stream, channel_id: stream, sequence, event_time: eventTime, t, sign }
    const { status } = await this.#post('live-callback', body)
    if (status !== 200) throw new Error(`live-callback: HTTP ${status}`)
  }

  async #post(
    door: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(`${this.options.base}/${door}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(LIMIT_MS),
    })
    return { status: response.status, text: await response.text() }
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
