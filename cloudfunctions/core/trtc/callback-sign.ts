import { createHmac, timingSafeEqual } from 'node:crypto'

/** True when TRTC signed this body, as it came: header `Sign` is base64 of HMAC-SHA256 over it with the callback key. */
export function trtcCallbackIsValid(key: string, body: string, sign: string): boolean {
  const want = createHmac('sha256', key).update(body).digest()
  const got = Buffer.from(sign, 'base64')
  return key !== '' && got.length === want.length && timingSafeEqual(want, got)
}
