import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readWebToken } from '../../../cloudfunctions/core/web-token'
import { sdkEnv } from '../../../local/cloud-env'
import {
  createGateway,
  type Gateway,
  openStore,
  type Served,
  type Store,
  serveCloudbase,
} from '../../../local/cloudbase'
import { devToken } from '../../../local/cloudbase/dev-login'

const ROOT = resolve(__dirname, '../../..')
const SECRET = 'the operator keeps this'
let dir: string
let gateway: Gateway
let server: Server
let store: Store
let database: Served
let base: string

/** Functions as the project ships them: the real SDK, bundled into one file. */
const SOURCES: Record<string, string> = {
  whoami: `import cloud from 'wx-server-sdk'
    cloud.init({ env: 'local' })
    export const main = async (event) => {
      const before = cloud.getWXContext()
      await cloud.database().collection('calls').add({ data: { openid: before.OPENID ?? null } })
      return { result: { before, after: cloud.getWXContext(), event } }
    }`,
  chain: `import cloud from 'wx-server-sdk'
    cloud.init({ env: 'local' })
    export const main = (event) => cloud.callFunction({ name: 'whoami', data: { from: 'chain', userInfo: event.pretend } }).then((r) => r.result)`,
  ticker: `import cloud from 'wx-server-sdk'
    cloud.init({ env: 'local' })
    export const main = async (event) => {
      await cloud.database().collection('ticks').add({ data: { event, context: cloud.getWXContext(), src: process.env.TRIGGER_SRC } })
    }`,
  plain: 'export const main = async (event) => event.want',
  broken: `export const main = async () => { throw new Error('secret detail') }`,
  http: `export const main = (event) => event.path === '/text' ? 'hello' : event.path === '/shape'
    ? { statusCode: 201, headers: { 'x-own': 'yes' }, body: Buffer.from([0, 255]).toString('base64'), isBase64Encoded: true } : event`,
}

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'gateway-'))
  mkdirSync(join(dir, 'src'))
  for (const [name, text] of Object.entries(SOURCES)) writeFileSync(join(dir, 'src', `${name}.mjs`), text)
  const entries = Object.keys(SOURCES).map((name) => `${name}/index=${join(dir, 'src', `${name}.mjs`)}`)
  execFileSync(
    join(ROOT, 'node_modules/.bin/esbuild'),
    [
      ...entries,
      `--outdir=${join(dir, 'out')}`,
      '--bundle',
      '--platform=node',
      '--target=node18',
      '--format=cjs',
      '--log-level=error',
    ],
    { env: { ...process.env, NODE_PATH: join(ROOT, 'node_modules') } },
  )
  writeFileSync(
    join(dir, 'out/ticker/config.json'),
    JSON.stringify({ triggers: [{ name: 'tick', type: 'timer', config: '0 * * * * * *' }] }),
  )
  store = openStore({ indexes: { calls: [], ticks: [] } })
  database = await serveCloudbase(store, { invoke: (name, event, token) => gateway.invoke(name, event, token) })
  gateway = createGateway({
    root: join(dir, 'out'),
    sweepMs: 50,
    env: {
      ...sdkEnv(database.url),
      WEB_TOKEN_SECRET: SECRET,
    },
  })
  server = createServer((req, res) => {
    if (!gateway.handle(req, res)) res.writeHead(404).end()
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  gateway.close()
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await database.close()
  store.close()
  rmSync(dir, { recursive: true })
})

const post = async (path: string, body: string, headers: Record<string, string> = {}) => {
  const response = await fetch(base + path, { method: 'POST', body, headers })
  return { status: response.status, body: (await response.json()) as { result: unknown; error: unknown } }
}
const call = (name: string, event: object, openid?: string) =>
  post(`/functions/${name}`, JSON.stringify(event), openid ? { 'x-dev-openid': openid } : {})

describe('identity', () => {
  test('500 calls at once each know their own caller, before and after an await', async () => {
    const answers = await Promise.all(Array.from({ length: 500 }, (_, i) => call('whoami', { i }, `user-${i}`)))
    const wrong = answers.filter(({ body: { result } }, i) => {
      const { before, after, event } = result as {
        before: { OPENID: string }
        after: { OPENID: string }
        event: { i: number }
      }
      return before.OPENID !== `user-${i}` || after.OPENID !== `user-${i}` || event.i !== i
    })
    expect(wrong).toEqual([])
  })

  test('an event cannot name its caller: userInfo is the gateway’s, and without a header nobody vouches', async () => {
    const forged = { userInfo: { openId: 'mallory' }, OPENID: 'mallory' }
    const { body } = await call('whoami', forged, 'alice')
    expect(body.result).toMatchObject({
      before: { OPENID: 'alice', SOURCE: 'wx_client', ENV: 'local' },
      event: { userInfo: { openId: 'alice' } },
    })
    const { body: nobody } = await call('whoami', {})
    expect((nobody.result as { before: object }).before).not.toHaveProperty('OPENID')
  })

  test('a function that calls another passes its caller on, and no token leaks into the context', async () => {
    const { body } = await call('chain', { pretend: { openId: 'mallory' } }, 'alice')
    expect(body.result).toMatchObject({
      before: { OPENID: 'alice', SOURCE: 'wx_client,scf' },
      event: { from: 'chain', userInfo: { openId: 'alice' } },
    })
    expect(JSON.stringify(body)).not.toContain('API_TOKEN')
  })

  test('a timer runs by itself, with its event and without an OPENID', async () => {
    while (store.select('ticks', { query: {} }).length === 0) await new Promise((done) => setTimeout(done, 10))
    const [tick] = store.select('ticks', { query: {} })
    expect(tick).toMatchObject({
      event: { Type: 'Timer', TriggerName: 'tick', Time: expect.any(String) },
      context: { SOURCE: 'wx_trigger' },
      src: 'timer',
    })
    expect(tick?.context).not.toHaveProperty('OPENID')
  })

  test('no call changes the environment of the process', async () => {
    await call('whoami', {}, 'alice')
    expect(process.env.WX_OPENID).toBeUndefined()
  })
})

describe('POST /functions/<name>', () => {
  test('answers what the function returned: as it is with result or error, else wrapped', async () => {
    expect(await call('plain', { want: { error: { code: 'not-found', message: 'm' } } }, 'a')).toEqual({
      status: 200,
      body: { error: { code: 'not-found', message: 'm' } },
    })
    expect(await call('plain', { want: [1] }, 'a')).toEqual({ status: 200, body: { result: [1] } })
    expect(await call('plain', {}, 'a')).toEqual({ status: 200, body: { result: null } })
  })

  test.each([
    ['malformed JSON', 'plain', '{', {}, 400, 'bad-input'],
    ['an event that is a list', 'plain', '[]', {}, 400, 'bad-input'],
    ['an unknown function', 'nowhere', '{}', {}, 404, 'not-found'],
    ['a path out of the folder', '..%2fout%2fplain', '{}', {}, 404, 'not-found'],
    ['a body of 1 MB', 'plain', JSON.stringify({ pad: 'x'.repeat(1024 * 1024) }), {}, 413, 'bad-input'],
    ['an OPENID of digits only', 'plain', '{}', { 'x-dev-openid': '12345' }, 400, 'bad-input'],
    ['an OPENID of 65 characters', 'plain', '{}', { 'x-dev-openid': 'a'.repeat(65) }, 400, 'bad-input'],
  ])('%s is refused', async (_what, name, body, headers, status, code) => {
    expect(await post(`/functions/${name}`, body, headers)).toMatchObject({ status, body: { error: { code } } })
  })

  test('a body of 1 MB that does not announce its length is refused too', async () => {
    const stream = new ReadableStream({
      start(controller) {
        for (let i = 0; i < 16; i++) controller.enqueue(new Uint8Array(64 * 1024).fill(120))
        controller.close()
      },
    })
    const response = await fetch(`${base}/functions/plain`, {
      method: 'POST',
      body: stream,
      duplex: 'half',
    } as RequestInit)
    expect(response.status).toBe(413)
  })

  test('a function that throws is 500 without its words', async () => {
    const log = jest.spyOn(console, 'error').mockImplementation()
    const { status, body } = await call('broken', {}, 'a')
    expect([status, body.error]).toEqual([
      500,
      { code: 'internal', message: expect.not.stringContaining('secret detail') },
    ])
    expect(log).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ message: 'secret detail' }))
    log.mockRestore()
  })

  test('a rebuilt function is in use after reload, not before', async () => {
    mkdirSync(join(dir, 'out/fresh'))
    const file = join(dir, 'out/fresh/index.js')
    writeFileSync(file, 'exports.main = () => 1')
    expect((await call('fresh', {})).body.result).toBe(1)
    writeFileSync(file, 'exports.main = () => 2')
    expect((await call('fresh', {})).body.result).toBe(1)
    gateway.reload()
    expect((await call('fresh', {})).body.result).toBe(2)
  })
})

describe('/http/<name>', () => {
  test('hands over method, path, query, headers and the text of the body', async () => {
    const response = await fetch(`${base}/http/http/a/b?x=1&y=%20`, {
      method: 'PUT',
      body: 'grüß',
      headers: { 'x-own': '1' },
    })
    expect(await response.json()).toMatchObject({
      path: '/a/b',
      httpMethod: 'PUT',
      headers: { 'x-own': '1' },
      queryStringParameters: { x: '1', y: ' ' },
      body: 'grüß',
      isBase64Encoded: false,
      requestContext: { envId: 'local' },
    })
  })
  test('hands over bytes as base64', async () => {
    const response = await fetch(`${base}/http/http`, { method: 'POST', body: new Uint8Array([255, 0]) })
    expect(await response.json()).toMatchObject({ body: '/wA=', isBase64Encoded: true })
  })
  test('gives back text, or status, headers and bytes', async () => {
    expect(await (await fetch(`${base}/http/http/text`)).text()).toBe('hello')
    const shaped = await fetch(`${base}/http/http/shape`)
    expect([shaped.status, shaped.headers.get('x-own'), [...new Uint8Array(await shaped.arrayBuffer())]]).toEqual([
      201,
      'yes',
      [0, 255],
    ])
  })
  test('an unknown function is 404', async () => {
    expect((await fetch(`${base}/http/nowhere`)).status).toBe(404)
  })
})

describe('POST /dev/login', () => {
  test('gives a token that the web door takes for its openid, until it expires', async () => {
    const { body } = await post('/dev/login', JSON.stringify({ code: 'dev:alice' }))
    const { token, expiresInMs } = body as object as { token: string; expiresInMs: number }
    expect(readWebToken(SECRET, token, Date.now())).toBe('alice')
    expect(readWebToken(SECRET, token, Date.now() + expiresInMs + 1)).toBeNull()
    expect(readWebToken('another secret', token, Date.now())).toBeNull()
    expect(readWebToken(SECRET, devToken(SECRET, 'bob', 0).token, 1000)).toBe('bob')
  })
  test.each(['{}', '{"code":"alice"}', '{"code":"dev:123"}', '{"code":"dev:"}', '{"code":5}'])(
    '%s is refused',
    async (body) => {
      expect(await post('/dev/login', body)).toMatchObject({ status: 400, body: { error: { code: 'bad-input' } } })
    },
  )
})
