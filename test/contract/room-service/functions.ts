import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { sdkEnv } from '../../../local/cloud-env'
import { createGateway, openStore, serveCloudbase } from '../../../local/cloudbase'
import { buildFunctions } from '../../../scripts/build-functions'
import { indexes } from './world'

const CALLBACK_KEY = 'callback-key-1'

/** A request that one of the vendors received. */
export interface VendorCall {
  /** `ForbidLiveStream`, or the last part of a chat address. */
  name: string
  query: URLSearchParams
  body: Record<string, unknown>
}

/** The built functions in the gateway, the local database behind them, and vendors that only write down. */
export interface Functions {
  url: string
  calls: VendorCall[]
  callRoom(event: unknown, openid?: string): Promise<Answer>
  post(path: string, body: string, headers?: Record<string, string>): Promise<Response>
  callback(fields: Record<string, unknown>, sign?: { t: number; key: string }): Promise<Response>
  /** The body of a callback as the streaming cloud signs it. */
  signed(fields: Record<string, unknown>, sign?: { t: number; key: string }): string
  /** Everything in a collection, as stored. */
  docs(collection: string): object[]
  /** What the functions wrote into their log so far. */
  log(): string
  close(): Promise<void>
}

export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: answers are looked at field by field, whatever the action
  result?: any
  error?: { code: string; message: string; requestId?: string; details?: Record<string, unknown> }
  serverNow: number
}

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`)),
  )
const end = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
async function textOf(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

export async function startFunctions(overrides: Record<string, string> = {}): Promise<Functions> {
  // The functions run outside of jest's own console.
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true)
  const calls: VendorCall[] = []
  const vendors = createServer(async (req, res) => {
    const { pathname, searchParams } = new URL(req.url ?? '/', 'http://vendor')
    const action = req.headers['x-tc-action']
    const name = typeof action === 'string' ? action : (pathname.split('/').pop() ?? '')
    calls.push({ name, query: searchParams, body: JSON.parse(await textOf(req)) })
    const answer = action
      ? { Response: { RequestId: '1', ...(action === 'DescribeLiveStreamOnlineList' ? { OnlineInfo: [] } : {}) } }
      : { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '' }
    res.setHeader('content-type', 'application/json')
    res.end(JSON.stringify(answer))
  })
  const vendorHost = await listen(vendors)
  const root = path.resolve(__dirname, '../../../dist/cloudfunctions')
  await buildFunctions({ outDir: root })
  const database = openStore({ indexes })
  const served = await serveCloudbase(database)
  const gateway = createGateway({
    root,
    sweepMs: 3_600_000,
    env: {
      ...sdkEnv(served.url),
      SILENCE: 'true', // no timer that warns of slow requests
      LIVE_PUSH_BASE: 'rtmp://push.test/live',
      LIVE_PLAY_BASE: 'http://play.test/live',
      LIVE_PUSH_DOMAIN: 'push.test',
      LIVE_PUSH_KEY: 'push-key-1',
      LIVE_CALLBACK_KEY: CALLBACK_KEY,
      LIVE_API_ENDPOINT: vendorHost,
      LIVE_API_PROTOCOL: 'http://',
      TENCENT_SECRET_ID: 'id-1',
      TENCENT_SECRET_KEY: 'key-1',
      IM_SDK_APP_ID: '1400000000',
      IM_SECRET_KEY: 'im-key-1',
      IM_REST_BASE: `http://${vendorHost}/im`,
      CHAT_KIND: 'local',
      CHAT_URL: 'ws://127.0.0.1:1/im/ws',
      USER_ID_SECRET: 'user-id-secret-1',
      WEB_TOKEN_SECRET: 'web-token-secret-1',
      WEB_ORIGINS: 'https://desk.test',
      ADMIN_OPENIDS: 'operator-openid',
      ADMIN_TOKEN_SECRET: 'admin-token-secret-1',
      CHAT_VERDICT_MS: '15000',
      IM_CALLBACK_TOKEN: 'im-callback-token-1',
      TEXT_CHECK: 'words',
      TEXT_WORDS: 'forbidden-word',
      ...overrides,
    },
  })
  const front = createServer((req, res) => {
    if (!gateway.handle(req, res)) res.writeHead(404).end()
  })
  const url = `http://${await listen(front)}`
  const post = (to: string, body: string, headers: Record<string, string> = {}) =>
    fetch(url + to, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
  const signed: Functions['signed'] = (fields, sign) => {
    const { t, key } = sign ?? { t: Math.floor(Date.now() / 1000) + 600, key: CALLBACK_KEY }
    const proof = createHash('md5').update(`${key}${t}`).digest('hex')
    return JSON.stringify({ appid: 1, app: 'push.test', appname: 'live', ...fields, t, sign: proof })
  }
  return {
    url,
    calls,
    log: () => stderr.mock.calls.map(([text]) => String(text)).join(''),
    async callRoom(event, openid) {
      const answer = await post('/functions/room', JSON.stringify(event), openid ? { 'x-dev-openid': openid } : {})
      return (await answer.json()) as Answer
    },
    post,
    signed,
    docs: (collection) => database.select(collection, { query: {} }),
    callback: (fields, sign) => post('/http/live-callback', signed(fields, sign)),
    async close() {
      gateway.close()
      stderr.mockRestore()
      await Promise.all([end(front), end(vendors), served.close()])
      database.close()
    },
  }
}
