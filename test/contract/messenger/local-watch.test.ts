import { WebSocket } from 'ws'
import { ChatFixture } from './chat-fixture'
import { ChatServer, userSig } from './chat-server'
import { until } from './until'

const fixture = new ChatFixture()
let skew = 0
let watchful: ChatServer
beforeAll(async () => {
  watchful = await ChatServer.start({ pingMs: 100, now: () => Date.now() + skew })
})
afterAll(() => watchful.stop())
afterEach(() => {
  skew = 0
})

test('a client that says nothing for three pings is let go, and its user is free to come back', async () => {
  const socket = new WebSocket(watchful.url)
  socket.on('open', () => {
    socket.send(JSON.stringify({ c: 'hello', userId: 'alice', userSig: userSig('alice'), rooms: [] }))
  })
  const code = await new Promise<number>((resolve) => socket.on('close', resolve))
  expect(code).toBe(1001)
  await until(() => watchful.chat.stats().connections === 0, 'the end at the server')
  expect(watchful.chat.stats().users).toBe(0)
})

test('a socket that never says hello is let go', async () => {
  const socket = new WebSocket(watchful.url)
  expect(await new Promise((resolve) => socket.on('close', resolve))).toBe(1001)
})

test('credentials that run out end the login: kicked, expired, for good', async () => {
  const alice = await fixture.phone('alice', undefined, watchful)
  skew = 3_700_000
  await until(() => alice.kicks.length > 0, 'the kick')
  expect(alice.kicks).toEqual(['expired'])
  expect(alice.messenger.state).toBe('offline')
})

test('credentials that ran out while the phone was away: the reconnect is refused, kicked, expired', async () => {
  const alice = await fixture.phone('alice', undefined, watchful)
  watchful.cut()
  skew = 3_700_000
  await until(() => alice.kicks.length > 0, 'the kick')
  expect(alice.kicks).toEqual(['expired'])
  expect(alice.states.at(-1)).toBe('offline')
})

test('fresh credentials of the same user are the ones of the next reconnect', async () => {
  const alice = await fixture.phone('alice', undefined, watchful)
  await alice.messenger.login(watchful.credentials('alice', userSig('alice', 86_400)))
  watchful.cut()
  await until(() => alice.messenger.state === 'disconnected', 'the cut')
  skew = 3_700_000
  await until(() => alice.messenger.state === 'connected', 'to be back')
  expect(alice.kicks).toEqual([])
})
