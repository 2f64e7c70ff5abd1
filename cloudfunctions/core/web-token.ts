import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Bearer token of the web door: `v1.<payload>.<signature>`, payload = base64url of `{"sub":openid,"exp":unix seconds}`,
 * signature = base64url of HMAC-SHA256(secret, "v1." + payload). A back end that has logged a user in makes one.
 */
export function signWebToken(secret: string, openid: string, expiresAt: number): string {
  const head = `v1.${Buffer.from(JSON.stringify({ sub: openid, exp: expiresAt })).toString('base64url')}`
  return `${head}.${signature(secret, head).toString('base64url')}`
}

/** The openid that a token was made for, or null when it is expired, forged or no token at all. `now` in ms. */
export function readWebToken(secret: string, token: string, now: number): string | null {
  const [version, payload, sign, ...rest] = token.split('.')
  if (version !== 'v1' || !payload || !sign || rest.length > 0) return null
  const want = signature(secret, `v1.${payload}`)
  const got = Buffer.from(sign, 'base64url')
  if (got.length !== want.length || !timingSafeEqual(want, got)) return null
  let claims: unknown
  try {
    claims = JSON.parse(Buffer.from(payload, 'base64url').toString())
  } catch {
    return null
  }
  if (typeof claims !== 'object' || claims === null) return null
  const { sub, exp } = claims as Record<string, unknown>
  if (typeof sub !== 'string' || sub === '' || typeof exp !== 'number') return null
  return exp * 1000 > now ? sub : null
}

const signature = (secret: string, head: string): Buffer => createHmac('sha256', secret).update(head).digest()
