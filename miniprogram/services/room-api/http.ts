import { CALL_MS, type CallerOptions, createCaller } from './caller'
import { type RoomApi, RoomApiError } from './port'
import { parseReply } from './reply'

/** The part of `wx.request` that is used. */
export type HttpRequest = (options: {
  url: string
  method: 'POST'
  data: Record<string, unknown>
  header: Record<string, string>
  timeout: number
  success: (response: { data: unknown; statusCode: number }) => void
  fail: (error: { errMsg: string }) => void
}) => unknown

export interface HttpRoomApiOptions extends CallerOptions {
  request: HttpRequest
  /** Without a slash at the end. */
  baseUrl: string
  /** Gets a bearer token; called when there is none and when the one in use was refused. */
  login: () => Promise<string>
}

/** The room service by HTTP at `<baseUrl>/http/web-room`; a bearer token says who is calling. */
export function createHttpRoomApi(options: HttpRoomApiOptions): RoomApi {
  const { request, baseUrl, login } = options
  let token: Promise<string> | null = null

  /** One login for all who wait; a failed one is not kept. */
  const currentToken = (): Promise<string> => {
    if (token) return token
    const mine = login()
    token = mine
    mine.catch(() => forget(mine))
    return mine
  }
  const forget = (used: Promise<string>) => {
    if (token === used) token = null
  }

  const send = (data: Record<string, unknown>, bearer: string) =>
    new Promise<{ data: unknown; statusCode: number }>((resolve, reject) => {
      request({
        url: `${baseUrl}/http/web-room`,
        method: 'POST',
        data,
        header: { 'content-type': 'application/json', authorization: `Bearer ${bearer}` },
        timeout: CALL_MS,
        success: resolve,
        fail: ({ errMsg }) => reject(new RoomApiError('network', errMsg)),
      })
    })

  /** A gateway in between that fails is worth another try, other than an answer that nobody understands. */
  const post = async (data: Record<string, unknown>, bearer: string): Promise<unknown> => {
    const { data: body, statusCode } = await send(data, bearer)
    if (statusCode < 500 || parseReply(body).serverNow !== null) return body
    throw new RoomApiError('unavailable', `HTTP status ${statusCode}`)
  }

  return createCaller(async (data) => {
    const used = currentToken()
    const body = await post(data, await used)
    if (!isUnauthenticated(body)) return body
    forget(used)
    return post(data, await currentToken())
  }, options)
}

function isUnauthenticated(body: unknown): boolean {
  const reply = parseReply(body)
  return 'error' in reply && reply.error.code === 'unauthenticated'
}
