import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * True when the streaming cloud signed this callback and it has not expired: `sign = md5(key + t)`, `t` the expiry in
 * unix seconds. The signature does not cover the body, so the body stays a hint.
 */
export function callbackIsValid(key: string, body: { sign: string; t: number }, now: number): boolean {
  const want = Buffer.from(
    createHash('md5')
      .update(key + body.t)
      .digest('hex'),
  )
  const got = Buffer.from(body.sign)
  return body.t * 1000 >= now && got.length === want.length && timingSafeEqual(want, got)
}
