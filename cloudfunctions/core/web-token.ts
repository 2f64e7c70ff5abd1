import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a token says. `exp` in unix seconds; `aud` where it is meant for another door than `web-room`. */
export interface Claims {
  sub: string
  exp: number
  aud?: string
}

/**
 * Bearer token: `v1.<payload>.<signature>`, payload = base64url of the claims in JSON, signature = base64url of
 * HMAC-SHA256(secret, "v1." + payload).
 */
export function signToken(secret: string, claims: Claims): string {
  const head = `v1.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${head}.${signature(secret, head).toString('base64url')}`
}

/** What a token says, or null when it is expired, forged or no token at all. `now` in ms. */
export function readToken(secret: string, token: string, now: number): Claims | null {
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
  const { sub, exp, aud } = claims as Record<string, unknown>
  if (typeof sub !== 'string' || sub === '' || typeof exp !== 'number') return null
  if (aud !== undefined && typeof aud !== 'string') return null
  return exp * 1000 > now ? { sub, exp, ...(aud === undefined ? {} : { aud }) } : null
}

/** Token of the web door; `sub` is the OPENID. A back end that has logged a user in makes one. */
export function signWebToken(secret: string, openid: string, expiresAt: number): string {
  return signToken(secret, { sub: openid, exp: expiresAt })
}

/** The openid that a token was made for, or null when it is none, or one for another door. */
export function readWebToken(secret: string, token: string, now: number): string | null {
  const claims = readToken(secret, token, now)
  return claims && claims.aud === undefined ? claims.sub : null
}

const signature = (secret: string, head: string): Buffer => createHmac('sha256', secret).update(head).digest()
