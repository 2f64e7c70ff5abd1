import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { npmStart, type Started } from './process'

let dataDir: string
let started: Started
let base: string
let port: number
let rtmpPort: number
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'start-'))
  started = npmStart({ DATA_DIR: dataDir })
  ;({ base, port, rtmpPort } = await started.ready())
}, 30_000)
afterAll(async () => {
  started.child.kill('SIGINT')
  await started.exited
  rmSync(dataDir, { recursive: true, force: true })
})

const call = async (event: object, headers: Record<string, string> = {}) => {
  const response = await fetch(`${base}/functions/room`, { method: 'POST', body: JSON.stringify(event), headers })
  return {
    status: response.status,
    body: (await response.json()) as { result?: { room: { roomId: string } }; error?: { code: string } },
  }
}
const healthy = async () => (await fetch(`${base}/healthz`)).status

/** Sends bytes to a port and waits until the other side has had enough of them or of us. */
const poke = (to: number, bytes: Buffer | string) =>
  new Promise<string>((done) => {
    let heard = ''
    const socket = connect(to, '127.0.0.1', () => socket.end(bytes))
    socket.on('data', (text) => {
      heard += text
    })
    socket.on('error', () => undefined)
    socket.on('close', () => done(heard))
  })

/** A request with headers that fetch would not send. */
const raw = (path: string, headers: Record<string, string>, method = 'GET') =>
  new Promise<number>((done, reject) => {
    const req = request({ host: '127.0.0.1', port, path, method, headers }, (res) => {
      res.resume()
      done(res.statusCode ?? 0)
    })
    req.on('error', reject)
    req.end()
  })

test('healthz names every part, both ports, the database, what this machine can do, and the load', async () => {
  const health = await (await fetch(`${base}/healthz`)).json()
  const parts = { database: true, functions: true, chat: true, desk: true, preview: true, streaming: true }
  const chat = expect.objectContaining({ connections: 0, queuedBytes: 0 })
  const load = { rss: expect.any(Number), heapUsed: expect.any(Number), chat }
  const databaseUrl = expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/admin$/)
  // The tests need ffmpeg, so it is there.
  const abilities = { mixing: true }
  expect(health).toEqual({ ok: true, httpPort: port, rtmpPort, databaseUrl, parts, abilities, load })
})

test('the banner says where the phones are, how to push and where data lives', () => {
  expect(started.output()).toMatch(/127\.0\.0\.1:\d+\//)
  expect(started.output()).toContain('npm run room -- create')
  expect(started.output()).toContain(`Data     ${dataDir} `)
})

test('the room function works with an OPENID, and refuses a call without', async () => {
  const event = { action: 'create', title: 'A show', cover: 'jade', requestId: 'request-0000001' }
  const { body } = await call(event, { 'x-dev-openid': 'alice' })
  expect(body.result?.room.roomId).toEqual(expect.any(String))
  expect((await call(event)).body.error?.code).toBe('unauthenticated')
  expect((await call({ ...event, userInfo: { openId: 'alice' } })).body.error?.code).toBe('unauthenticated')
})

test('an event that pretends to be a timer or a callback is refused as what it is: a call', async () => {
  for (const event of [
    { Type: 'Timer', TriggerName: 'sweep' },
    { httpMethod: 'POST', headers: {}, body: '{}' },
  ]) {
    expect((await call(event, { 'x-dev-openid': 'alice' })).body.error?.code).toBe('bad-input')
  }
  const sweep = await fetch(`${base}/functions/sweeper`, {
    method: 'POST',
    body: '{"Type":"Timer"}',
    headers: { 'x-dev-openid': 'alice' },
  })
  expect(await sweep.json()).not.toMatchObject({ result: { swept: expect.anything() } })
})

test('the web door meets callers of any origin and decides by its own list', async () => {
  const origin = 'https://desk.example'
  const preflight = { origin, 'access-control-request-method': 'POST' }
  expect(await raw('/http/web-room', preflight, 'OPTIONS')).toBe(204)
  expect(await raw('/http/web-room', { origin }, 'POST')).toBe(401)
  const answer = await fetch(`${base}/http/web-room`, { method: 'OPTIONS', headers: preflight })
  expect(answer.headers.get('access-control-allow-origin')).toBeNull()
})

test('the web door takes the token of the development login', async () => {
  const login = await fetch(`${base}/dev/login`, { method: 'POST', body: '{"code":"dev:web-user"}' })
  const { token } = (await login.json()) as { token: string }
  const door = (authorization: string) =>
    fetch(`${base}/http/web-room`, {
      method: 'POST',
      body: '{"action":"login"}',
      headers: { authorization, 'content-type': 'application/json' },
    })
  expect((await door(`Bearer ${token}`)).status).toBe(200)
  expect((await door(`Bearer ${token}x`)).status).toBe(401)
})

test('a body of 1 MB is refused and harms nobody', async () => {
  const { status, body } = await call({ action: 'login', pad: 'x'.repeat(1024 * 1024) }, { 'x-dev-openid': 'alice' })
  expect([status, body.error?.code]).toEqual([413, 'bad-input'])
  expect(await healthy()).toBe(200)
})

test.each([
  ['bytes', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 256))],
  ['half a request', 'POST /functions/room HTTP/1.1\r\ncontent-length: 10\r\n\r\n{'],
  ['a header without end', `GET / HTTP/1.1\r\nx: ${'y'.repeat(100_000)}`],
  ['a bad upgrade', 'GET /im/ws HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n'],
  ['a strange address', 'GET //%%% HTTP/1.1\r\nhost: 127.0.0.1\r\nconnection: close\r\n\r\n'],
])('garbage on the HTTP and RTMP ports (%s) leaves everything up', async (_what, bytes) => {
  await poke(port, bytes)
  await poke(rtmpPort, bytes)
  expect(await healthy()).toBe(200)
  expect((await call({ action: 'login' }, { 'x-dev-openid': 'alice' })).status).toBe(200)
})

test('a foreign host name, and a change from a foreign page, are refused', async () => {
  expect(await raw('/healthz', { host: 'evil.example' })).toBe(403)
  expect(await raw('/functions/room', { origin: 'http://evil.example' }, 'POST')).toBe(403)
})

test('the database is not on the public port', async () => {
  const body = JSON.stringify({ action: 'database.getDocument', collectionName: 'rooms' })
  const response = await fetch(`${base}/admin`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  expect(await response.text()).not.toContain('list')
})
