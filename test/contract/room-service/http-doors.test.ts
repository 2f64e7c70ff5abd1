import { signWebToken } from '../../../cloudfunctions/core/web-token'
import { type Answer, type Functions, startFunctions } from './functions'

let fns: Functions
beforeAll(async () => {
  fns = await startFunctions()
})
afterAll(() => fns.close())

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600
const bearer = (openid: string, exp = inAnHour(), secret = 'web-token-secret-1') => ({
  authorization: `Bearer ${signWebToken(secret, openid, exp)}`,
})
const web = async (event: unknown, headers: Record<string, string>) => {
  const response = await fns.post('/http/web-room', JSON.stringify(event), headers)
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answer }
}

describe('web-room', () => {
  it('runs the same actions for the person in the token', async () => {
    const inside = await fns.callRoom({ action: 'login' }, 'alice')
    const { status, body } = await web({ action: 'login' }, bearer('alice'))
    expect(status).toBe(200)
    // Each answer is signed anew for the chat.
    const unsigned = ({ chat, ...rest }: Answer['result']) => ({ ...rest, user: chat.userId })
    expect(unsigned(body.result)).toEqual(unsigned(inside.result))
  })

  it('accepts the token of the local login', async () => {
    const login = await fns.post('/dev/login', JSON.stringify({ code: 'dev:alice' }))
    const { token } = (await login.json()) as { token: string }
    const { body } = await web({ action: 'login' }, { authorization: `Bearer ${token}` })
    expect(body.result.me).toEqual((await fns.callRoom({ action: 'login' }, 'alice')).result.me)
  })

  it('M16: refuses no token, an expired one, a forged one and garbage alike', async () => {
    const past = Math.floor(Date.now() / 1000) - 1
    for (const headers of [
      {},
      bearer('alice', past),
      bearer('alice', inAnHour(), 'another-secret'),
      { authorization: 'Bearer' },
      { authorization: 'Basic YTpi' },
      { authorization: `Bearer ${'v1.'.repeat(500)}` },
    ] as Record<string, string>[]) {
      const { status, body } = await web({ action: 'login' }, headers)
      expect(status).toBe(401)
      expect(body.error?.code).toBe('unauthenticated')
    }
  })

  it('does not take an identity from anywhere but the token', async () => {
    const headers = { ...bearer('mallory'), 'x-wx-openid': 'alice', 'x-dev-openid': 'alice' }
    const { body } = await web({ action: 'login', userInfo: { openId: 'alice' } }, headers)
    expect(body.result.me).toEqual((await web({ action: 'login' }, bearer('mallory'))).body.result.me)
  })

  it('M18: is closed to other origins, and open to those the operator lists', async () => {
    const preflight = (origin: string) =>
      fetch(`${fns.url}/http/web-room`, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-method': 'POST' },
      })
    const listed = await preflight('https://desk.test')
    expect(listed.status).toBe(204)
    expect(listed.headers.get('access-control-allow-origin')).toBe('https://desk.test')
    expect(listed.headers.get('access-control-allow-headers')).toContain('authorization')
    for (const origin of ['https://evil.test', 'https://desk.test.evil.test', 'null']) {
      expect((await preflight(origin)).headers.get('access-control-allow-origin')).toBeNull()
      const { headers } = await web({ action: 'login' }, { ...bearer('alice'), origin })
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })

  it('reads a body that arrives in base64', async () => {
    // The gateway encodes what is no UTF-8; a byte order mark of UTF-16 is enough.
    const broken = await fetch(`${fns.url}/http/web-room`, {
      method: 'POST',
      body: Buffer.from([0xff, 0xfe, 0x7b]),
      headers: bearer('alice'),
    })
    expect(broken.status).toBe(400)
  })

  it('refuses what is no JSON, no POST, and a body of 1 MB', async () => {
    for (const body of ['', '{', 'null', '[]', '"list"', '{"action":"nope"}']) {
      expect((await fns.post('/http/web-room', body, bearer('alice'))).status).toBe(400)
    }
    expect((await fetch(`${fns.url}/http/web-room`, { headers: bearer('alice') })).status).toBe(405)
    const big = await web({ action: 'profile', name: 'x'.repeat(1 << 20) }, bearer('alice'))
    expect(big).toMatchObject({ status: 400, body: { error: { code: 'bad-input', message: 'the body is too long' } } })
  })

  it('M2, M23: has one route: whatever path is asked for, no file comes back', async () => {
    for (const path of ['/../../package.json', '/..%2f..%2fpackage.json', '/a?b=/&c=#d', '/logfilelist']) {
      const response = await fns.post(`/http/web-room${path}`, '{"action":"login"}', bearer('alice'))
      expect(await response.text()).not.toContain('"dependencies"')
    }
  })

  it('maps refusals to HTTP', async () => {
    const unknown = await web({ action: 'enter', roomId: 'r0123456789abcdef01234567' }, bearer('alice'))
    expect(unknown.status).toBe(404)
    expect(unknown.body.error?.code).toBe('not-found')
  })

  it('is no way in for a client that calls it as a function', async () => {
    const event = { httpMethod: 'POST', headers: {}, body: '{"action":"login"}' }
    const answer = await fns.post('/functions/web-room', JSON.stringify(event), { 'x-dev-openid': 'alice' })
    expect(((await answer.json()) as { result: { statusCode: number } }).result.statusCode).toBe(401)
  })
})

describe('live-callback', () => {
  const open = async (user: string) => {
    const { result } = await fns.callRoom({ action: 'create', title: 'A', cover: 'jade', requestId: user }, user)
    const stream = new URL(result.push.url).pathname.split('/').pop() ?? ''
    const state = async () => {
      const { result: seen } = await fns.callRoom({ action: 'login' }, user)
      return seen.openRoom.room
    }
    return { stream, state }
  }
  const push = (stream_id: string, event_type: number, sequence = '1') => ({
    event_type,
    stream_id,
    channel_id: stream_id,
    sequence,
    event_time: Math.floor(Date.now() / 1000),
    node: '127.0.0.1',
    user_ip: '127.0.0.1',
    something_new: { a: 1 },
  })

  it('M51: makes the room live and interrupts it', async () => {
    const { stream, state } = await open('anchor-1')
    const began = await fns.callback(push(stream, 1))
    expect([began.status, await began.json()]).toEqual([200, { code: 0 }])
    expect((await state()).state).toBe('live')
    await fns.callback(push(stream, 0))
    expect(await state()).toMatchObject({ state: 'interrupted', reason: 'stream-ended' })
  })

  it('refuses a bad signature and an expired one, and changes nothing', async () => {
    const { stream, state } = await open('anchor-2')
    const now = Math.floor(Date.now() / 1000)
    for (const sign of [
      { t: now + 600, key: 'wrong-key' },
      { t: now - 1, key: 'callback-key-1' },
    ]) {
      expect((await fns.callback(push(stream, 1), sign)).status).toBe(403)
    }
    for (const body of [push(stream, 1), { ...push(stream, 1), t: now + 600, sign: '' }, { t: 'x', sign: {} }]) {
      expect((await fns.post('/http/live-callback', JSON.stringify(body))).status).toBe(403)
    }
    expect(await state()).toMatchObject({ state: 'idle', version: 1 })
  })

  it('does the same once when it comes twice, and survives the end before the start', async () => {
    const { stream, state } = await open('anchor-3')
    await Promise.all([fns.callback(push(stream, 1)), fns.callback(push(stream, 1))])
    expect(await state()).toMatchObject({ state: 'live', version: 2 })
    await fns.callback(push(stream, 0))
    await fns.callback(push(stream, 0, '2'))
    await fns.callback(push(stream, 1, '2'))
    expect(await state()).toMatchObject({ state: 'interrupted', version: 3 })
  })

  it('acknowledges kinds of events that nobody here needs', async () => {
    for (const event_type of [200, 317, 9999]) {
      const answer = await fns.callback({ event_type })
      expect([answer.status, await answer.json()]).toEqual([200, { code: 0 }])
    }
  })

  it('refuses garbage with a clear status', async () => {
    for (const body of ['', '{', '\u0000\u0001', 'x'.repeat(1 << 20)]) {
      expect((await fns.post('/http/live-callback', body)).status).toBe(400)
    }
    for (const wrong of [
      {},
      { event_type: 'one' },
      { event_type: 1, stream_id: '../x', sequence: '1', event_time: 1 },
    ]) {
      expect((await fns.callback(wrong)).status).toBe(400)
    }
    expect((await fetch(`${fns.url}/http/live-callback`)).status).toBe(405)
  })

  it('refuses a client that calls it as a function, even with a perfect signature', async () => {
    const { stream, state } = await open('anchor-4')
    const event = { httpMethod: 'POST', headers: {}, body: fns.signed(push(stream, 1)) }
    const answer = await fns.post('/functions/live-callback', JSON.stringify(event), { 'x-dev-openid': 'mallory' })
    expect(((await answer.json()) as { result: { statusCode: number } }).result.statusCode).toBe(403)
    expect((await state()).state).toBe('idle')
  })
})

describe('sweeper', () => {
  it('refuses anybody with an OPENID, also one who pretends to be a timer', async () => {
    const timer = JSON.stringify({ Type: 'Timer', TriggerName: 'sweep', Time: '', Message: '' })
    for (const body of ['{}', timer]) {
      const answer = (await (
        await fns.post('/functions/sweeper', body, { 'x-dev-openid': 'mallory' })
      ).json()) as Answer
      expect(answer.error?.code).toBe('forbidden')
    }
  })

  it('sweeps for the timer, and asks the streaming cloud only when it must', async () => {
    const answer = (await (await fns.post('/functions/sweeper', '{}')).json()) as Answer
    expect(answer.result).toMatchObject({ closed: 0, interrupted: 0 })
  })
})
