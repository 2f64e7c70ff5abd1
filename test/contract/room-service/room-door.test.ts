import { type Functions, startFunctions } from './functions'

let fns: Functions
beforeAll(async () => {
  fns = await startFunctions()
})
afterAll(() => fns.close())

const show = (requestId: string) => ({ action: 'create', title: 'A show', cover: 'jade', requestId })

it('opens a room through the built function, on the wire of the real SDKs', async () => {
  const { result, serverNow } = await fns.callRoom(show('1'), 'alice')
  expect(Math.abs(serverNow - Date.now())).toBeLessThan(5_000)
  expect(result).toMatchObject({ room: { state: 'idle' }, chat: { kind: 'local' }, settings: { heartbeatMs: 60_000 } })
  expect(fns.calls.at(-1)).toMatchObject({ name: 'create_group', body: { GroupId: result.room.roomId } })
  const closed = await fns.callRoom({ action: 'close', roomId: result.room.roomId }, 'alice')
  expect(closed.result.room.state).toBe('closed')
  const stream = new URL(result.push.url).pathname.split('/').pop()
  expect(fns.calls.find(({ name }) => name === 'ForbidLiveStream')?.body).toEqual({
    AppName: 'live',
    DomainName: 'push.test',
    StreamName: stream,
    Reason: 'room over',
  })
})

it('refuses a call without OPENID, whatever the event claims', async () => {
  for (const claim of [{}, { userInfo: { openId: 'alice' } }, { openid: 'alice', OPENID: 'alice' }]) {
    const { error } = await fns.callRoom({ action: 'login', ...claim })
    expect(error?.code).toBe('unauthenticated')
  }
})

it('M4: takes identity from the platform, never from the event', async () => {
  const mine = await fns.callRoom({ action: 'login' }, 'mallory')
  const claimed = await fns.callRoom({ action: 'login', openid: 'alice', userInfo: { openId: 'alice' } }, 'mallory')
  expect(claimed.result.me).toEqual(mine.result.me)
})

it('refuses an event that pretends to be a timer or a callback', async () => {
  const timer = { Type: 'Timer', TriggerName: 'sweep', Time: new Date().toISOString(), Message: '' }
  const http = { httpMethod: 'POST', path: '/', headers: {}, body: '{"event_type":0}', isBase64Encoded: false }
  for (const event of [timer, http, { ...timer, ...http }]) {
    const { error } = await fns.callRoom(event, 'mallory')
    expect(error).toMatchObject({ code: 'bad-input', details: { issues: [{ field: 'action' }] } })
  }
})

it('refuses bad titles field by field, and keeps emoji and markup', async () => {
  for (const title of ['', '   ', 'x'.repeat(41), 7, null, { $gt: '' }, ['a']]) {
    const { error } = await fns.callRoom({ ...show('t'), title }, 'bob')
    expect(error?.code).toBe('bad-input')
    expect(error?.details?.issues).toMatchObject([{ field: 'title' }])
  }
  const title = '<script>alert("🎸")</script>'
  expect((await fns.callRoom({ ...show('t'), title }, 'bob')).result.room.title).toBe(title)
})

it('refuses a body of 1 MB', async () => {
  const answer = await fns.post('/functions/room', JSON.stringify({ ...show('m'), title: 'x'.repeat(1 << 20) }), {
    'x-dev-openid': 'bob',
  })
  expect(answer.status).toBe(413)
  expect(((await answer.json()) as { error: { code: string } }).error.code).toBe('bad-input')
  const long = await fns.callRoom({ ...show('m'), title: 'x'.repeat(200_000) }, 'bob')
  expect(long.error?.code).toBe('bad-input')
  expect(JSON.stringify(long).length).toBeLessThan(1_000)
})

it('keeps 200 concurrent calls apart, each with its own identity', async () => {
  const people = Array.from({ length: 200 }, (_, i) => `person-${i}`)
  const first = await Promise.all(people.map((p) => fns.callRoom({ action: 'login' }, p)))
  const ids = first.map(({ result }) => result.me.userId)
  expect(new Set(ids).size).toBe(200)
  const again = await Promise.all(people.map((p, i) => fns.callRoom({ action: 'profile', name: `n${i}` }, p)))
  expect(again.map(({ result }) => result.me)).toEqual(ids.map((userId, i) => ({ userId, name: `n${i}` })))
})

it('M20: answers an action named after something every object has like any unknown one', async () => {
  for (const action of ['constructor', '__proto__', 'toString', 'valueOf']) {
    expect((await fns.callRoom({ action }, 'alice')).error?.code).toBe('bad-input')
  }
})

it('does not let a query operator through in place of an id', async () => {
  for (const roomId of [{ $ne: '' }, { $regex: '.' }, ['r'], true]) {
    expect((await fns.callRoom({ action: 'enter', roomId }, 'alice')).error?.code).toBe('bad-input')
  }
})

it('tells an unknown room from a closed one', async () => {
  const roomId = 'r0123456789abcdef01234567'
  expect((await fns.callRoom({ action: 'enter', roomId }, 'alice')).error?.code).toBe('not-found')
  const { result } = await fns.callRoom(show('closed'), 'carol')
  await fns.callRoom({ action: 'close', roomId: result.room.roomId }, 'carol')
  const { error } = await fns.callRoom({ action: 'enter', roomId: result.room.roomId }, 'alice')
  expect(error).toMatchObject({
    code: 'room-closed',
    details: { summary: { durationMs: 0 }, room: { state: 'closed' } },
  })
})

it('answers a double tap on start and on close with one room', async () => {
  const [a, b] = await Promise.all([fns.callRoom(show('dbl'), 'dave'), fns.callRoom(show('dbl'), 'dave')])
  expect(a.result.room.roomId).toBe(b.result.room.roomId)
  const close = { action: 'close', roomId: a.result.room.roomId }
  const [c, d] = await Promise.all([fns.callRoom(close, 'dave'), fns.callRoom(close, 'dave')])
  expect(c.result.room).toEqual(d.result.room)
})
