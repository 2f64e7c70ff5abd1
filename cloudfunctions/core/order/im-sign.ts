import { createHash, timingSafeEqual } from 'node:crypto'

/** How far the chat service's clock and ours may be apart, and how long an address can be used again. */
const FRESH_S = 300

/**
 * True when the chat service signed this callback: `Sign = sha256(token + RequestTime)` in hex, `RequestTime` in unix
 * seconds. The signature covers nothing else, so the body stays a claim about whose truth the caller decides.
 */
export function imCallbackIsValid(token: string, query: { Sign: string; RequestTime: number }, now: number): boolean {
  if (token === '') return false
  const want = createHash('sha256')
    .update(token + query.RequestTime)
    .digest('hex')
  const got = Buffer.from(query.Sign.toLowerCase())
  const same = got.length === want.length && timingSafeEqual(got, Buffer.from(want))
  return same && Math.abs(now / 1000 - query.RequestTime) <= FRESH_S
}
