import { RoomApiError } from '../services/room-api/port'

/** How long a login may take (ms). */
const LOGIN_MS = 10_000

/**
 * A bearer token for the web door at `baseUrl`: `POST /dev/login` with a login code, as any login endpoint of one's own
 * would have it. Rejects with RoomApiError.
 */
export async function loginByHttp(baseUrl: string, devUser?: string): Promise<string> {
  const code = devUser === undefined ? await platformCode() : `dev:${devUser}`
  const { statusCode, data } = await post(`${baseUrl}/dev/login`, { code })
  const { token } = (data ?? {}) as { token?: unknown }
  if (statusCode === 200 && typeof token === 'string') return token
  throw new RoomApiError(statusCode >= 500 ? 'unavailable' : 'unauthenticated', `login was answered with ${statusCode}`)
}

function platformCode(): Promise<string> {
  return new Promise((resolve, reject) => {
    wx.login({
      timeout: LOGIN_MS,
      success: ({ code }) => resolve(code),
      fail: ({ errMsg }) => reject(new RoomApiError('network', errMsg)),
    })
  })
}

function post(url: string, data: object): Promise<{ statusCode: number; data: unknown }> {
  return new Promise((resolve, reject) => {
    wx.request({
      url,
      method: 'POST',
      data,
      header: { 'content-type': 'application/json' },
      timeout: LOGIN_MS,
      success: resolve,
      fail: ({ errMsg }) => reject(new RoomApiError('network', errMsg)),
    })
  })
}
