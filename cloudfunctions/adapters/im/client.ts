import { randomInt } from 'node:crypto'
import { userSig } from '../../core/user-sig'
import { ImError } from './error'

export interface ImConfig {
  /** `https://console.tim.qq.com`, or where a stand-in listens. */
  base: string
  sdkAppId: number
  secretKey: string
  /** Account of the administrator. Its signature never leaves the server. */
  admin: string
}

/** Time and chance, for tests. */
export interface ImClock {
  /** ms since the epoch */
  now(): number
  pause(ms: number): Promise<void>
  /** 0 to 1 */
  chance(): number
  /** How long one attempt may take, ms. */
  timeoutMs: number
}

export type Answer = Readonly<Record<string, unknown>>
/**
 * `safe`: doing it twice is doing it once, so it is tried again whenever no clear answer came. `once`: what may have been
 * done already is not done again; only a refusal that says "try again" is followed.
 */
export type Repeat = 'safe' | 'once'
export type Call = (service: string, body: object, repeat: Repeat) => Promise<Answer>

const ATTEMPTS = 3
/** No further attempt begins this long after the first: whoever waits has a limit of his own. */
const PATIENCE_MS = 6000
const FIRST_PAUSE_MS = 200
const SIG_TTL_S = 3600
const INFO_MAX = 200

/** A random number of 32 bits, as Tencent asks for. */
export const random32 = (): number => randomInt(2 ** 32)

export const systemClock: ImClock = {
  now: Date.now,
  pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  chance: Math.random,
  timeoutMs: 5000,
}

/**
 * Calls of the chat service's server API: `POST <base>/v4/<service>`. HTTP 200 is no success; the ErrorCode is in the body.
 * Rejects with ImError only.
 */
export function createImClient(config: ImConfig, clock: ImClock): Call {
  const attempt = async (service: string, body: object): Promise<Answer> => {
    const signature = userSig(config, config.admin, SIG_TTL_S, Math.floor(clock.now() / 1000))
    const query = new URLSearchParams({
      sdkappid: String(config.sdkAppId),
      identifier: config.admin,
      usersig: signature,
      random: String(random32()),
      contenttype: 'json',
    })
    const { status, text } = await post(service, `${config.base}/v4/${service}?${query}`, body, clock.timeoutMs)
    const answer = parse(text)
    if (typeof answer?.ErrorCode !== 'number') {
      throw new ImError(service, null, `HTTP ${status}, no ErrorCode`, status >= 500)
    }
    if (answer.ErrorCode === 0) return answer
    // What is echoed may hold what was sent.
    const info = String(answer.ErrorInfo ?? '').replaceAll(signature, '[usersig]')
    throw new ImError(service, answer.ErrorCode, info.replaceAll(config.secretKey, '[key]').slice(0, INFO_MAX))
  }
  return async (service, body, repeat) => {
    const since = clock.now()
    for (let attempts = 1; ; attempts++) {
      try {
        return await attempt(service, body)
      } catch (error) {
        const again = error instanceof ImError && error.passing && (repeat === 'safe' || error.code !== null)
        const pauseMs = FIRST_PAUSE_MS * 3 ** (attempts - 1) * (0.5 + clock.chance())
        if (!again || attempts === ATTEMPTS || clock.now() + pauseMs - since > PATIENCE_MS) throw error
        await clock.pause(pauseMs)
      }
    }
  }
}

/** Errors of fetch are not passed on: some of them quote the address, and the signature is in it. */
async function post(service: string, url: string, body: object, timeoutMs: number) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    })
    return { status: response.status, text: await response.text() }
  } catch (error) {
    throw new ImError(service, null, silence(error, timeoutMs), true)
  }
}

function silence(error: unknown, timeoutMs: number): string {
  const { name, cause } = error as { name?: unknown; cause?: { code?: unknown } }
  if (name === 'TimeoutError') return `no answer within ${timeoutMs} ms`
  const code = typeof cause?.code === 'string' ? cause.code : 'unreachable'
  return `no connection (${code}): check IM_REST_BASE and the network`
}

function parse(text: string): Answer | null {
  try {
    const answer: unknown = JSON.parse(text)
    return typeof answer === 'object' && answer !== null ? (answer as Answer) : null
  } catch {
    return null
  }
}
