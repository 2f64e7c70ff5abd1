import { customElement } from '../../support/tim/replies'
import { ADMIN, TimFixture } from '../../support/tim/tim-fixture'
import { nameOf } from '../../support/tim/wire'
import { userSig } from './chat-server'
import { until } from './until'

const fixture = new TimFixture()
const refusal = (code: string) => expect.objectContaining({ name: 'MessengerError', code }) as unknown as Error

/** The number of tests makes it large; a spinning SDK asks thirty thousand times within seconds. */
const COMMANDS_MAX = 400
afterAll(() => {
  const [command, times] = [...fixture.server.commands].sort((a, b) => b[1] - a[1])[0] ?? ['', 0]
  if (times > COMMANDS_MAX) throw new Error(`the SDK is spinning: ${command} was sent ${times} times`)
})

test('P71 starts without a network and heals when it is back, by an instance made anew', async () => {
  fixture.server.intercept = ({ head }) => (nameOf(head.servcmd) === 'wslogin' ? 'silence' : undefined)
  const alice = fixture.blank()
  const login = alice.messenger.login(fixture.credentials('alice'))
  await until(() => alice.messenger.counters.recreated > 0, 'the hanging instance to be given up')
  fixture.server.intercept = () => undefined
  await login
  expect(alice.messenger.state).toBe('connected')
  expect(alice.states).toEqual(['connecting', 'connected'])
})

test('P71 a login that hangs is refused in the end, and leaves no socket and no timer', async () => {
  fixture.server.intercept = () => 'silence'
  const alice = fixture.blank()
  await expect(alice.messenger.login(fixture.credentials('alice'))).rejects.toEqual(refusal('timeout'))
  expect(alice.messenger.state).toBe('offline')
  await until(() => alice.sdk.held.timers + alice.sdk.held.sockets === 0, 'the SDK to let go of everything')
})

test('P75 a phone that starts offline is in as soon as the service can be reached', async () => {
  fixture.server.reachable = false
  const alice = fixture.blank()
  const login = alice.messenger.login(fixture.credentials('alice'))
  await until(() => alice.sdk.opened > 1, 'a second try of the SDK')
  fixture.server.reachable = true
  await login
  expect(alice.messenger.state).toBe('connected')
})

test('logout leaves no socket and no timer', async () => {
  const group = fixture.newGroup()
  const alice = await fixture.phone('alice', group)
  alice.messenger.logout()
  await until(() => alice.sdk.held.timers + alice.sdk.held.sockets === 0, 'the SDK to let go of everything')
})

test('the SDK is loaded with the first login, and again after it could not be', async () => {
  const report = jest.spyOn(console, 'error').mockImplementation(() => undefined)
  let refused = 0
  const alice = fixture.blank(async () => {
    if (refused++ === 0) throw new Error('loadSubpackage:fail')
    return alice.sdk.load()
  })
  expect(refused).toBe(0)
  await alice.messenger.login(fixture.credentials('alice'))
  expect([refused, alice.sdk.loads]).toEqual([2, 1])
  expect(report).toHaveBeenCalledTimes(1)
  report.mockRestore()
})

test('something else than the SDK is a login that fails, not a crash', async () => {
  const report = jest.spyOn(console, 'error').mockImplementation(() => undefined)
  const alice = fixture.blank(async () => ({ default: {} }))
  await expect(alice.messenger.login(fixture.credentials('alice'))).rejects.toEqual(refusal('timeout'))
  report.mockRestore()
})

test('the word of the server comes as a notice over the poll, a notice over the socket, a message, or to one alone', async () => {
  const group = fixture.newGroup()
  const alice = await fixture.phone('alice', group)
  fixture.server.groups.get(group)?.notice('{"n":1}')
  await until(() => alice.messages.length === 1, 'the notice over the poll')
  fixture.server.notifyMember('alice', group, { n: 2 })
  await until(() => alice.messages.length === 2, 'the notice over the socket')
  fixture.server.sayAsAdmin(group, { n: 3 })
  await until(() => alice.messages.length === 3, 'the message')
  fixture.server.tell(ADMIN, 'alice', { MsgBody: customElement({ n: 4 }) })
  await until(() => alice.messages.length === 4, 'the message to alice alone')
  const word = { from: '', group, system: true }
  expect(alice.messages).toEqual([
    { ...word, data: { n: 1 } },
    { ...word, data: { n: 2 } },
    { ...word, data: { n: 3 } },
    { from: '', system: true, data: { n: 4 } },
  ])
})

test('a notice in the name of a member is dropped and counted, as is data that nobody can read', async () => {
  const group = fixture.newGroup()
  const alice = await fixture.phone('alice', group)
  const room = fixture.server.groups.get(group)
  room?.notice('{"type":"room"}', 'mallory')
  room?.say('mallory', {
    Random: 7,
    MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: '{', Desc: '', Ext: '' } }],
  })
  room?.notice('"end"')
  await until(() => alice.messages.length > 0, 'the end')
  expect(alice.messages.map(({ data }) => data)).toEqual(['end'])
  expect(alice.messenger.counters).toMatchObject({ forged: 1, unreadable: 1 })
})

test('P66 one room at a time: the first is left before the second is joined, and joined again when that is left', async () => {
  const [first, second] = [fixture.newGroup(), fixture.newGroup()]
  const alice = await fixture.phone('alice', first)
  const order: string[] = []
  fixture.server.intercept = ({ head, body }) => {
    const name = nameOf(head.servcmd)
    if (name === 'quit_group' || name === 'apply_join_group') order.push(`${name} ${String(body.GroupId)}`)
    return undefined
  }
  await alice.messenger.joinGroup(second)
  await expect(alice.messenger.sendToGroup(first, 1)).rejects.toEqual(refusal('not-in-group'))
  await alice.messenger.quitGroup(second)
  await alice.messenger.sendToGroup(first, 2)
  expect(order).toEqual([
    `quit_group ${first}`,
    `apply_join_group ${second}`,
    `quit_group ${second}`,
    `apply_join_group ${first}`,
  ])
  expect(alice.gaps).toEqual([first])
})

test.each([
  [1, 'multipleDevice'],
  [2, 'multipleDevice'],
  [3, 'expired'],
])('a kick of type %i ends the login: %s', async (type, reason) => {
  const alice = await fixture.phone('alice', fixture.newGroup())
  fixture.server.kick('alice', type)
  await until(() => alice.kicks.length > 0, 'the kick')
  expect(alice.kicks).toEqual([reason])
  expect(alice.messenger.state).toBe('offline')
  await until(() => alice.sdk.held.sockets === 0, 'the socket to be closed')
})

test('a signature that has expired ends the login, and fresh credentials begin another', async () => {
  const group = fixture.newGroup()
  const alice = await fixture.phone('alice', group)
  fixture.server.intercept = ({ head }) =>
    nameOf(head.servcmd) === 'send_group_msg' ? { ErrorCode: 70001, ErrorInfo: 'expired' } : undefined
  await expect(alice.messenger.sendToGroup(group, 1)).rejects.toEqual(refusal('unauthenticated'))
  await until(() => alice.kicks.length > 0, 'the end of the login')
  expect(alice.kicks).toEqual(['expired'])
  fixture.server.intercept = () => undefined
  await alice.messenger.login(fixture.credentials('alice'))
  await alice.messenger.joinGroup(group)
})

test('credentials that have expired are refused, and nothing is left running', async () => {
  const alice = fixture.blank()
  const expired = fixture.server.credentials('alice', userSig('alice', -10))
  await expect(alice.messenger.login(expired)).rejects.toEqual(refusal('unauthenticated'))
  await until(() => alice.sdk.held.timers + alice.sdk.held.sockets === 0, 'the SDK to let go of everything')
})

test('a group that was dissolved and made anew while the news was lost is joined anew, not believed', async () => {
  const group = fixture.newGroup()
  const [alice, bob] = [await fixture.phone('alice', group), await fixture.phone('bob')]
  fixture.server.dissolve(group, true)
  fixture.server.createGroup(group)
  await bob.messenger.joinGroup(group)
  await expect(alice.messenger.sendToGroup(group, 1)).rejects.toEqual(refusal('not-in-group'))
  await alice.messenger.joinGroup(group)
  await bob.messenger.sendToGroup(group, 'hello')
  await until(() => alice.messages.length > 0, 'the message')
  expect(alice.messages.map(({ data }) => data)).toEqual(['hello'])
})

test.each([
  [10016, 'refused'],
  [10100, 'muted'],
  [10104, 'rate-limited'],
])('a message that is refused with %i says so: %s', async (code, meaning) => {
  const group = fixture.newGroup()
  const alice = await fixture.phone('alice', group)
  fixture.server.intercept = ({ head }) =>
    nameOf(head.servcmd) === 'send_group_msg' ? { ErrorCode: code, ErrorInfo: '' } : undefined
  await expect(alice.messenger.sendToGroup(group, 1)).rejects.toEqual(refusal(meaning))
  expect(alice.messages).toEqual([])
})

test('P68 in a burst the signal leaves first, with the priority that Tencent keeps', async () => {
  const group = fixture.newGroup()
  const alice = await fixture.phone('alice', group)
  const lines = Array.from({ length: 25 }, (_, n) => alice.messenger.sendToGroup(group, n, n % 2 ? 'low' : 'normal'))
  await alice.messenger.sendToGroup(group, 'signal', 'high')
  await Promise.all(lines)
  const order = fixture.server.sent.map(({ MsgPriority }) => MsgPriority)
  expect(order.indexOf('High')).toBe(10)
  expect(order.slice(11).join()).toMatch(/^(Normal,)+(Low,?)+$/)
})

test('a message that is under way when the connection is lost is refused as offline', async () => {
  const group = fixture.newGroup()
  const alice = await fixture.phone('alice', group)
  fixture.server.intercept = ({ head }) => (nameOf(head.servcmd) === 'send_group_msg' ? 'silence' : undefined)
  const sending = expect(alice.messenger.sendToGroup(group, 1)).rejects.toEqual(refusal('offline'))
  await until(() => fixture.server.commands.has('group_open_http_svc.send_group_msg'), 'the message to arrive')
  fixture.server.cut()
  await sending
})

test('a login that is taken back before the SDK is there starts nothing', async () => {
  const alice = fixture.blank()
  const login = expect(alice.messenger.login(fixture.credentials('alice'))).rejects.toEqual(refusal('offline'))
  alice.messenger.logout()
  await login
  expect(alice.sdk.opened).toBe(0)
  await alice.messenger.login(fixture.credentials('bob'))
  expect(alice.messenger.state).toBe('connected')
})
