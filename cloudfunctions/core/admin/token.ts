import { readToken, signToken } from '../web-token'

/** For whom such a token is meant: no token of the web door opens the operators' door, whatever secrets are used. */
const AUDIENCE = 'admin'
const NAME = /^[A-Za-z0-9@._-]{1,64}$/

/** Token of an operator, made as those of the web door are, with `"aud":"admin"`. `sub` is his name in the audit log. */
export function signAdminToken(secret: string, operator: string, expiresAt: number): string {
  return signToken(secret, { aud: AUDIENCE, sub: operator, exp: expiresAt })
}

/** The operator's name, or null when the token is expired, forged, meant for another door, or no token at all. */
export function readAdminToken(secret: string, token: string, now: number): string | null {
  if (secret === '') return null
  const claims = readToken(secret, token, now)
  return claims?.aud === AUDIENCE && NAME.test(claims.sub) ? claims.sub : null
}
