import { RoomApiError } from '../../miniprogram/services/room-api/port'
import type { Place } from './place'

const LOGIN_MS = 10_000

/**
 * A bearer token for the web door. In production it comes from the operator's own login: a POST with the cookies of this
 * browser to `room-login`, answered with `{"token"}`, or with a status of 401 or 403 for who is not logged in. On a laptop
 * it comes from the local stand-in, for the user whom the address names. Rejects with RoomApiError.
 */
export async function bearerToken({ baseUrl, loginUrl, user }: Place, fetcher = fetch): Promise<string> {
  const stand = loginUrl === ''
  let response: Response
  try {
    response = await fetcher(stand ? `${baseUrl}/dev/login` : loginUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(stand ? { code: `dev:${user}` } : {}),
      credentials: stand ? 'same-origin' : 'include',
      signal: AbortSignal.timeout(LOGIN_MS),
    })
  } catch (error) {
    throw new RoomApiError('network', String(error))
  }
  const body: unknown = await response.json().catch(() => null)
  const token = typeof body === 'object' && body !== null && 'token' in body ? body.token : null
  if (response.ok && typeof token === 'string') return token
  throw new RoomApiError(
    response.status >= 500 ? 'unavailable' : 'unauthenticated',
    `the login was answered with ${response.status}`,
  )
}
