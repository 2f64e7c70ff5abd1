import type { HttpRequest } from '../../miniprogram/services/room-api/http'

/** `fetch` as the adapter of the room service wants it. */
export const httpRequest =
  (fetcher = fetch): HttpRequest =>
  ({ url, method, data, header, timeout, success, fail }) => {
    const ask = async () => {
      const body = JSON.stringify(data)
      const response = await fetcher(url, { method, headers: header, body, signal: AbortSignal.timeout(timeout) })
      return { statusCode: response.status, data: (await response.json().catch(() => null)) as unknown }
    }
    ask().then(success, (error: unknown) => fail({ errMsg: String(error) }))
  }
