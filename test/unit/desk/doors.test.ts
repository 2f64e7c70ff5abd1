import { httpRequest } from '../../../desk/wiring/http'
import { bearerToken } from '../../../desk/wiring/login'
import { placeOf } from '../../../desk/wiring/place'

const reply = (status: number, body: unknown) => async () => new Response(JSON.stringify(body), { status })
const place = (loginUrl = '') =>
  placeOf({ origin: 'http://desk', search: '?user=ann' }, (name) => (name === 'room-login' ? loginUrl : ''), ['en'])

test('on a laptop the stand-in gives the token of the chosen user', async () => {
  const asked: [string, RequestInit | undefined][] = []
  const fetcher = async (url: unknown, init?: RequestInit) => {
    asked.push([String(url), init])
    return new Response(JSON.stringify({ token: 't' }))
  }
  expect(await bearerToken(place(), fetcher as typeof fetch)).toBe('t')
  expect(asked[0]?.[0]).toBe('http://desk/dev/login')
  expect(asked[0]?.[1]?.body).toBe('{"code":"dev:ann"}')
  expect(await bearerToken(place('https://www/token'), fetcher as typeof fetch)).toBe('t')
  // The operator's own login knows its user by its cookies, and nothing else is told to it.
  expect(asked[1]?.[0]).toBe('https://www/token')
  expect(asked[1]?.[1]).toMatchObject({ body: '{}', credentials: 'include' })
})

test.each([
  ['nobody is logged in', reply(401, {}), 'unauthenticated'],
  ['the login is broken', reply(503, {}), 'unavailable'],
  ['the answer has no token', reply(200, { token: 7 }), 'unauthenticated'],
  ['the answer is no JSON', async () => new Response('<html>'), 'unauthenticated'],
  ['there is no network', () => Promise.reject(new TypeError('Failed to fetch')), 'network'],
])('%s: a refusal with its code', async (_name, fetcher, code) => {
  await expect(bearerToken(place(), fetcher as typeof fetch)).rejects.toMatchObject({ code })
})

const ask = (fetcher: unknown) =>
  new Promise<unknown>((resolve) => {
    httpRequest(fetcher as typeof fetch)({
      url: 'http://desk/http/web-room',
      method: 'POST',
      data: { action: 'login' },
      header: {},
      timeout: 1000,
      success: resolve,
      fail: resolve,
    })
  })

test('a request brings status and body, whatever the body is, or says what failed', async () => {
  expect(await ask(reply(409, { error: 1 }))).toEqual({ statusCode: 409, data: { error: 1 } })
  expect(await ask(async () => new Response('gateway', { status: 502 }))).toEqual({ statusCode: 502, data: null })
  expect(await ask(() => Promise.reject(new Error('gone')))).toEqual({ errMsg: 'Error: gone' })
})
