import { createHmac } from 'node:crypto'

const TTL_S = 24 * 3600

/**
 * The token that the web door (`web-room`) accepts, in the format that its back end documents:
 * `v1.<base64url {"sub","exp"}>.<base64url HMAC-SHA256(secret, "v1.<payload>")>`; `exp` in unix seconds.
 * Here we are what a real installation's own login server would be.
 */
export function devToken(secret: string, openid: string, now: number): { token: string; expiresInMs: number } {
  const exp = Math.floor(now / 1000) + TTL_S
  const head = `v1.${Buffer.from(JSON.stringify({ sub: openid, exp })).toString('base64url')}`
  return {
    token: `${head}.${createHmac('sha256', secret).update(head).digest('base64url')}`,
    expiresInMs: TTL_S * 1000,
  }
}

/** The openid of a development code `dev:<openid>`, or null. */
export function openidOfCode(code: unknown): string | null {
  const openid = typeof code === 'string' && code.startsWith('dev:') ? code.slice(4) : ''
  return isOpenid(openid) ? openid : null
}

/** With a letter, because the SDK turns an all-digit identity into a number. */
export const isOpenid = (text: string): boolean => /^(?=.*[A-Za-z])[A-Za-z0-9_-]{1,64}$/.test(text)
