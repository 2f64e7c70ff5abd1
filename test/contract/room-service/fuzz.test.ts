import { createHash } from 'node:crypto'
import { inputs } from '../../../cloudfunctions/contract/actions'
import { adminInputs } from '../../../cloudfunctions/contract/admin'
import { HTTP_STATUS } from '../../../cloudfunctions/contract/refusals'
import { bodies } from '../../../cloudfunctions/contract/room-service/requests'
import { ROOM_TYPES, UTILS } from '../../../cloudfunctions/contract/room-service/routes'
import { signAdminToken } from '../../../cloudfunctions/core/admin/token'
import { userSig } from '../../../cloudfunctions/core/user-sig'
import { signWebToken } from '../../../cloudfunctions/core/web-token'
import fc from '../../support/property'
import { anyRequest } from './any-request'
import { type Functions, startFunctions } from './functions'

const RUNS = Number(process.env.FUZZ_RUNS ?? 150)
const PATIENCE_MS = 120_000

let fns: Functions
let roomId: string
let session: { userID: string; token: string }
beforeAll(async () => {
  fns = await startFunctions()
  const created = await fns.callRoom({ action: 'create', title: 'A', cover: 'jade', requestId: 'r', seats: 3 }, 'alice')
  roomId = created.result.room.roomId
  const sig = userSig({ sdkAppId: 1400000000, secretKey: 'im-key-1' }, 'terminal', 3600, Math.floor(Date.now() / 1000))
  const query = new URLSearchParams({ sdkAppID: '1400000000', userID: 'terminal', userSig: sig })
  const login = await fns.post(`/weapp/live_room/login?${query}`, '{}')
  session = { userID: 'terminal', token: ((await login.json()) as typeof session).token }
  expect(session.token).toMatch(/^.{16,}$/)
})
afterEach(async () => {
  // Whatever it was told, the next caller is served; and nothing went wrong in there that nobody expected.
  expect((await fns.callRoom({ action: 'login' }, 'alice')).result.me.userId).toMatch(/^u/)
  expect(fns.log()).not.toMatch(/request [0-9a-f]{16}( \(\w+\))? failed|TypeError|RangeError/)
})
afterAll(() => fns.close())

const inAnHour = () => Math.floor(Date.now() / 1000) + 3600
const web = () => ({ authorization: `Bearer ${signWebToken('web-token-secret-1', 'alice', inAnHour())}` })
const operator = () => ({ authorization: `Bearer ${signAdminToken('admin-token-secret-1', 'op', inAnHour())}` })

const deep = (depth: number): string => `${'['.repeat(depth)}${']'.repeat(depth)}`
/** Values that have broken servers: operators of a query, names that every object has, numbers at the edge, much of anything. */
const hostile: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    Number.MAX_SAFE_INTEGER,
    '',
    ' ',
    '__proto__',
    'constructor',
    'toString',
    '../../etc/passwd',
    'a.b.$c',
    '\u0000',
    '\ud800',
    '\u202e',
    '%00%ff',
    {},
    [],
    { $gt: '' },
    { $where: 'true' },
    { toString: 1 },
    { length: 1e9 },
    JSON.parse(deep(500)),
    Array(1000).fill(0),
  ),
  fc.integer({ min: 1, max: 70_000 }).map((length) => 'x'.repeat(length)),
  fc.jsonValue({ maxDepth: 3 }),
)
const hostileName = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'hasOwnProperty',
  '$set',
  'a.b',
  '',
  'action',
)

/** `fields` with some of them taken away or spoilt, and some that nobody asked for; as text, so that any name can be one. */
const mutated = (fields: Record<string, unknown>): fc.Arbitrary<string> =>
  fc
    .record({
      spoil: fc.array(fc.tuple(fc.constantFrom(...Object.keys(fields)), hostile), { maxLength: 3 }),
      drop: fc.subarray(Object.keys(fields), { maxLength: 2 }),
      add: fc.array(fc.tuple(hostileName, hostile), { maxLength: 2 }),
    })
    .map(({ spoil, drop, add }) => {
      const kept = Object.entries({ ...fields, ...Object.fromEntries(spoil) }).filter(([name]) => !drop.includes(name))
      return `{${[...kept, ...add].map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`
    })
const garbage: fc.Arbitrary<string | Uint8Array> = fc.oneof(
  fc.string(),
  fc.json(),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Uint8Array.from(bytes)),
  fc.constantFrom('', '{', '{"action":', 'null', '[]', '"list"', '{}', deep(20_000), '\ufeff{}', 'x'.repeat(70_000)),
)
const method = fc.oneof(
  { weight: 8, arbitrary: fc.constant('POST') },
  { weight: 1, arbitrary: fc.constantFrom('GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS') },
)

/** As it may be. */
const fieldsOf = (action: string) => anyRequest(action, roomId, { notice: '', tags: ['a'], limit: 10, on: true })
const bodyFor = (actions: readonly string[]): fc.Arbitrary<string | Uint8Array> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...actions).chain((action) => mutated(fieldsOf(action))) },
    { weight: 1, arbitrary: garbage },
  )

interface Sent {
  path: string
  method?: string
  body: string | Uint8Array
  headers?: Record<string, string>
}

/** The answer, which is JSON whatever was sent. */
async function send({ path, method = 'POST', body, headers = {} }: Sent) {
  const bodiless = method === 'GET' || method === 'HEAD'
  const response = await fetch(fns.url + path, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(bodiless ? {} : { body: Buffer.from(body) }),
  })
  const text = await response.text()
  expect(text).not.toMatch(/node_modules|\.ts:\d|push-key-1|-secret-1|im-key-1|callback-key-1|callback-token-1/)
  const empty = method === 'HEAD' || response.status === 204
  return { status: response.status, answer: empty ? null : (JSON.parse(text) as Record<string, unknown>) }
}

const each = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<void>) =>
  fc.assert(fc.asyncProperty(arbitrary, check), { numRuns: RUNS, interruptAfterTimeLimit: PATIENCE_MS / 2 })

/** `{ result, serverNow }`, or `{ error: { code, message }, serverNow }` with a code that the protocol knows. */
function expectReply(answer: Record<string, unknown> | null): string | null {
  if (answer === null) return null
  expect(answer).toEqual(expect.objectContaining({ serverNow: expect.any(Number) }))
  if ('result' in answer) return null
  const { code, message } = answer.error as { code: string; message: string }
  expect(Object.keys(HTTP_STATUS)).toContain(code)
  expect(code).not.toBe('internal')
  expect(message).not.toBe('')
  return code
}

it(
  'room: any event of a client gets a reply',
  async () => {
    const openid = fc.constantFrom({ 'x-dev-openid': 'alice' }, { 'x-dev-openid': 'mallory' }, {})
    await each(fc.tuple(bodyFor(Object.keys(inputs)), openid), async ([body, headers]) => {
      const { status, answer } = await send({
        path: '/functions/room',
        body,
        headers: headers as Record<string, string>,
      })
      expect([200, 400, 413]).toContain(status)
      expectReply(answer)
    })
  },
  PATIENCE_MS,
)

it(
  'web-room: any request gets a reply, with the status of its code',
  async () => {
    const sent = fc.record({ method, body: bodyFor(Object.keys(inputs)), known: fc.boolean() })
    await each(sent, async ({ known, ...request }) => {
      const { status, answer } = await send({ path: '/http/web-room', ...request, headers: known ? web() : {} })
      const code = expectReply(answer)
      if (request.method === 'POST')
        expect(status).toBe(code === null ? 200 : HTTP_STATUS[code as keyof typeof HTTP_STATUS])
      else expect([204, 405]).toContain(status)
    })
  },
  PATIENCE_MS,
)

it(
  'admin: any request, and any call, gets a reply',
  async () => {
    const who = fc.constantFrom('token', 'openid', 'nobody')
    // What ends the room of these tests is left out.
    const actions = Object.keys(adminInputs).filter((name) => !['close', 'forbid', 'banUser'].includes(name))
    await each(fc.record({ method, body: bodyFor(actions), who }), async ({ who, ...request }) => {
      const called = who === 'openid'
      const { status, answer } = called
        ? await send({ path: '/functions/admin', body: request.body, headers: { 'x-dev-openid': 'operator-openid' } })
        : await send({ path: '/http/admin', ...request, headers: who === 'token' ? operator() : {} })
      const code = expectReply(answer)
      if (called) expect([200, 400, 413]).toContain(status)
      else if (answer) expect(status).toBe(code === null ? 200 : HTTP_STATUS[code as keyof typeof HTTP_STATUS])
      else expect([400, 401]).toContain(status)
    })
  },
  PATIENCE_MS,
)

const callbackFields = () => {
  const t = inAnHour()
  const sign = createHash('md5').update(`callback-key-1${t}`).digest('hex')
  return {
    event_type: 1,
    stream_id: `${roomId}_1_${'0'.repeat(32)}`,
    sequence: '1',
    event_time: 1_700_000_000,
    file_id: '1',
    record_file_id: '1',
    task_id: '1',
    end_time: 1_700_000_000,
    duration: 1,
    file_size: 1,
    video_url: 'http://vod.test/1.mp4',
    record_event: 'record_error',
    t,
    sign,
  }
}

it(
  'live-callback: any body, well signed or not, is answered with a code',
  async () => {
    const body = fc.oneof(
      fc.constantFrom(0, 1, 100, 332).chain((event_type) => mutated({ ...callbackFields(), event_type })),
      garbage,
    )
    await each(fc.record({ method, body }), async (request) => {
      const { status, answer } = await send({ path: '/http/live-callback', ...request })
      expect([200, 400, 403, 405]).toContain(status)
      if (answer) expect(answer).toMatchObject({ code: status === 200 ? 0 : status })
    })
  },
  PATIENCE_MS,
)

it(
  'im-callback: any body and any query is answered in the words of the chat service',
  async () => {
    const now = Math.floor(Date.now() / 1000)
    const query = {
      SdkAppid: '1400000000',
      CallbackCommand: 'Group.CallbackBeforeSendMsg',
      RequestTime: String(now),
      Sign: createHash('sha256').update(`im-callback-token-1${now}`).digest('hex'),
    }
    const command = fc.constantFrom('Group.CallbackBeforeSendMsg', 'Group.CallbackAfterSendMsg', 'constructor', 'x')
    const spoilt = fc.oneof(
      { weight: 4, arbitrary: command.map((CallbackCommand) => ({ ...query, CallbackCommand })) },
      { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...Object.keys(query)), fc.string()) },
    )
    const line = (Data: string) => [{ MsgType: 'TIMCustomElem', MsgContent: { Data } }]
    const data = fc.oneof(mutated({ type: 'barrage', id: '1', text: 'Hi', name: 'N' }), fc.string())
    const from = `u${'0'.repeat(22)}`
    const body = fc.oneof(
      data.chain((said) =>
        mutated({ GroupId: roomId, From_Account: from, MsgBody: line(said), MsgSeq: 1, MsgTime: now }),
      ),
      garbage,
    )
    await each(fc.record({ method, body, spoilt }), async ({ spoilt, ...request }) => {
      const { status, answer } = await send({ path: `/http/im-callback?${new URLSearchParams(spoilt)}`, ...request })
      expect([200, 400, 403, 405]).toContain(status)
      if (!answer) return
      expect(answer).toMatchObject({
        ActionStatus: expect.stringMatching(/^(OK|FAIL)$/),
        ErrorInfo: expect.any(String),
      })
      expect(answer.ErrorCode).toEqual(expect.any(Number))
      expect((answer.ActionStatus === 'OK') === (status === 200)).toBe(true)
    })
  },
  PATIENCE_MS,
)

it(
  'room-service: any path, query and body is answered with code and message',
  async () => {
    const fields = {
      userID: 'terminal',
      roomID: roomId,
      userName: 'N',
      userAvatar: '',
      pushURL: 'rtmp://push.test/live/x',
      roomInfo: 'A',
      userInfo: '',
      fieldName: 'a',
      operation: 'set',
      value: '1',
      mergeParams: {},
      cnt: 1,
      index: 0,
      roomStatusCode: 1,
    }
    const verb = fc.oneof(
      fc.constantFrom(...Object.keys(bodies), ...UTILS, 'constructor', '__proto__'),
      fc.webSegment(),
    )
    const type = fc.constantFrom(...ROOM_TYPES, 'utils', 'nope', '__proto__')
    const query = fc.oneof(
      { weight: 4, arbitrary: fc.constant({ ...session }) },
      { weight: 1, arbitrary: fc.dictionary(fc.constantFrom('userID', 'token', 'sdkAppID', 'userSig'), fc.string()) },
    )
    const body = fc.oneof({ weight: 4, arbitrary: mutated(fields) }, { weight: 1, arbitrary: garbage })
    await each(fc.record({ type, verb, query, method, body }), async ({ type, verb, query, ...request }) => {
      const path = `/weapp/${type}/${verb}?${new URLSearchParams(query as Record<string, string>)}`
      const { status, answer } = await send({ path, ...request })
      expect([200, 204, 404]).toContain(status)
      if (!answer) return
      expect(answer).toMatchObject({ code: expect.any(Number), message: expect.any(String) })
      expect(answer).not.toHaveProperty('requestId') // that is how it answers when something broke
    })
  },
  PATIENCE_MS,
)

it(
  'sweeper: a client learns that the door is not his, whatever he sends; the timer sweeps',
  async () => {
    await each(garbage, async (body) => {
      const { answer } = await send({ path: '/functions/sweeper', body, headers: { 'x-dev-openid': 'alice' } })
      expect(['forbidden', 'bad-input']).toContain(expectReply(answer))
    })
    expectReply((await send({ path: '/functions/sweeper', body: '{}' })).answer)
  },
  PATIENCE_MS,
)

it(
  'no function by another name, and no path, is answered with anything but a code',
  async () => {
    const name = fc.oneof(
      fc.webSegment(),
      fc.constantFrom('..', '%2e%2e', '__proto__', 'constructor', 'room%00', 'room/x'),
    )
    await each(fc.tuple(fc.constantFrom('functions', 'http'), name, garbage), async ([kind, called, body]) => {
      const response = await fetch(`${fns.url}/${kind}/${called}`, { method: 'POST', body: Buffer.from(body) })
      const text = await response.text()
      expect(response.status).toBeLessThan(500)
      // The path of a name may lead out of the doors: then nobody is there.
      if (text !== '') expect(JSON.parse(text)).toEqual(expect.any(Object))
    })
  },
  PATIENCE_MS,
)
