import { createHttpRoomApi, type HttpRequest } from '../../../miniprogram/services/room-api/http'
import { ManualClock } from '../../unit/services/manual-clock'
import { describeRoomApi } from './contract'

const clock = new ManualClock()
const login = async () => 'token'
const baseUrl = 'http://127.0.0.1:8080'

describeRoomApi('http, over wx.request', ({ clock, onServerTime, script }) =>
  createHttpRoomApi({
    clock,
    onServerTime,
    baseUrl,
    login,
    request: ({ data, success, fail }) => {
      const move = script(data, 0)
      if (move === 'lost') queueMicrotask(() => fail({ errMsg: 'request:fail' }))
      else if (move !== 'silent') queueMicrotask(() => success({ data: move.body, statusCode: 200 }))
    },
  }),
)

/** A door that knows which tokens are good, and what was asked of it. */
function door(good: string[]) {
  const seen: { url: string; header: Record<string, string> }[] = []
  const request: HttpRequest = ({ url, header, success }) => {
    seen.push({ url, header })
    const known = good.some((token) => header.authorization === `Bearer ${token}`)
    const body = known ? { result: { left: true } } : { error: { code: 'unauthenticated', message: 'no' } }
    queueMicrotask(() => success({ data: { ...body, serverNow: 1 }, statusCode: known ? 200 : 401 }))
  }
  return { request, seen }
}

test('asks the web door with a bearer token, and logs in once for calls at the same time', async () => {
  const { request, seen } = door(['t1'])
  const login = jest.fn(async () => 't1')
  const api = createHttpRoomApi({ clock, baseUrl, request, login })
  await Promise.all([api.call('leave', { roomId: 'a' }), api.call('leave', { roomId: 'b' })])
  expect(login).toHaveBeenCalledTimes(1)
  expect(seen.map(({ url }) => url)).toEqual([`${baseUrl}/http/web-room`, `${baseUrl}/http/web-room`])
  expect(seen[0]?.header).toEqual({ 'content-type': 'application/json', authorization: 'Bearer t1' })
})

test('an expired token is renewed once for all calls that meet it, also for likes', async () => {
  const { request } = door(['t2'])
  let n = 0
  const login = jest.fn(async () => {
    n += 1
    return `t${n}`
  })
  const api = createHttpRoomApi({ clock, baseUrl, request, login })
  const calls = [api.call('leave', { roomId: 'a' }), api.call('like', { roomId: 'a', count: 1 })]
  expect(await Promise.all(calls)).toEqual([{ left: true }, { left: true }])
  expect(login).toHaveBeenCalledTimes(2)
})

test('a token that is refused even when new: unauthenticated, without a loop', async () => {
  const { request, seen } = door([])
  const api = createHttpRoomApi({ clock, baseUrl, request, login })
  await expect(api.call('leave', { roomId: 'a' })).rejects.toMatchObject({ code: 'unauthenticated' })
  expect(seen).toHaveLength(2)
})

test('a login that failed is tried again with the next call', async () => {
  const { request } = door(['t1'])
  const login = jest.fn<Promise<string>, []>().mockRejectedValueOnce(new Error('no network')).mockResolvedValue('t1')
  const api = createHttpRoomApi({ clock, baseUrl, request, login })
  await expect(api.call('like', { roomId: 'a', count: 1 })).rejects.toMatchObject({ code: 'network' })
  expect(await api.call('like', { roomId: 'a', count: 1 })).toEqual({ left: true })
})

test.each([
  [502, 'unavailable'],
  [200, 'internal'],
  [404, 'internal'],
])('a page of a gateway with status %i is %s', async (statusCode, code) => {
  const request: HttpRequest = ({ success }) => queueMicrotask(() => success({ data: '<html>', statusCode }))
  const api = createHttpRoomApi({ clock, baseUrl, request, login })
  await expect(api.call('like', { roomId: 'a', count: 1 })).rejects.toMatchObject({ code })
})
