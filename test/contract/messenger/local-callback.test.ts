import { createHash } from 'node:crypto'
import { createImRest } from '../../../cloudfunctions/adapters/im-rest'
import { OUT_MAX } from '../../../local/im/moderation'
import { CallbackServer, instead, OK, type Reply, verdict } from './callback-server'
import { ChatFixture } from './chat-fixture'
import { ChatServer, SDK_APP_ID, SECRET_KEY } from './chat-server'
import { until } from './until'

const TOKEN = 'token-of-the-callbacks'
const fixture = new ChatFixture()
let callback: CallbackServer
let server: ChatServer
let warned: jest.SpyInstance
beforeAll(async () => {
  callback = await CallbackServer.start()
  server = await ChatServer.start({ callback: { url: callback.url, token: TOKEN, verdictMs: 60_000 } })
})
afterAll(async () => {
  await server.stop()
  await callback.stop()
})
beforeEach(() => {
  callback.reset()
  warned = jest.spyOn(console, 'warn').mockImplementation(() => undefined)
})
afterEach(() => warned.mockRestore())

let groups = 0
const newGroup = async (): Promise<string> => {
  groups += 1
  await server.createGroup(`talk-${groups}`)
  return `talk-${groups}`
}
const talkers = async () => {
  const group = await newGroup()
  const [alice, bob] = [await fixture.phone('alice', group, server), await fixture.phone('bob', group, server)]
  return { group, alice, bob, heard: () => bob.messages.map(({ data }) => data) }
}
const stats = () => {
  const { callbacks } = server.chat.stats()
  if (!callbacks) throw new Error('no callbacks')
  return callbacks
}
const refused = expect.objectContaining({ name: 'MessengerError', code: 'refused' })
/** Verdicts that are given by hand. */
function later() {
  const waiting = new Map<unknown, (reply: Reply) => void>()
  callback.judge = ({ data }) => new Promise((resolve) => waiting.set(data, resolve))
  return {
    has: (data: unknown) => waiting.has(data),
    give: (data: unknown, reply: Reply) => waiting.get(data)?.(reply),
  }
}

test('asks before and tells after, signed, with the fields of the documentation', async () => {
  const { group, alice } = await talkers()
  const sent = Math.floor(Date.now() / 1000)
  await alice.messenger.sendToGroup(group, { type: 'barrage', text: '你好' })
  await until(() => callback.after.length === 1, 'the callback after')
  const [before, after] = [callback.before[0], callback.after[0]]
  for (const [seen, command] of [
    [before, 'Group.CallbackBeforeSendMsg'],
    [after, 'Group.CallbackAfterSendMsg'],
  ] as const) {
    const { RequestTime, Sign, ...query } = Object.fromEntries(seen?.query ?? [])
    expect(seen?.path).toBe('/http/im-callback')
    expect(query).toEqual({
      tenant: '1',
      SdkAppid: String(SDK_APP_ID),
      CallbackCommand: command,
      contenttype: 'json',
      ClientIP: '127.0.0.1',
      OptPlatform: 'Web',
    })
    expect(Number(RequestTime)).toBeGreaterThanOrEqual(sent)
    expect(Sign).toBe(createHash('sha256').update(`${TOKEN}${RequestTime}`).digest('hex'))
  }
  const common = {
    GroupId: group,
    Type: 'AVChatRoom',
    From_Account: 'alice',
    Operator_Account: 'alice',
    Random: before?.body.Random,
    OnlineOnlyFlag: 0,
    MsgPriority: 'Normal',
    MsgBody: [
      { MsgType: 'TIMCustomElem', MsgContent: { Data: '{"type":"barrage","text":"你好"}', Desc: '', Ext: '' } },
    ],
  }
  expect(before?.body).toEqual({ CallbackCommand: 'Group.CallbackBeforeSendMsg', ...common })
  expect(after?.body).toEqual({
    CallbackCommand: 'Group.CallbackAfterSendMsg',
    ...common,
    MsgSeq: 1,
    MsgTime: expect.any(Number),
  })
  expect(before?.body.Random).toEqual(expect.any(Number))
})

test.each([[1], [10016], [10100], [10200]])(
  'ErrorCode %s refuses: the sender is told, nobody hears it',
  async (code) => {
    const { group, alice, heard } = await talkers()
    const before = stats().refused
    callback.judge = ({ data }) => (data === 'bad' ? verdict(code) : OK)
    await expect(alice.messenger.sendToGroup(group, 'bad')).rejects.toEqual(refused)
    await alice.messenger.sendToGroup(group, 'good')
    await until(() => heard().length === 1 && callback.after.length === 1, 'the good one')
    expect(heard()).toEqual(['good'])
    expect(callback.after.map(({ data }) => data)).toEqual(['good'])
    expect(stats().refused).toBe(before + 1)
  },
)

test('ErrorCode 2 discards: the sender believes that it was sent', async () => {
  const { group, alice, heard } = await talkers()
  callback.judge = ({ data }) => (data === 'bad' ? verdict(2) : OK)
  await alice.messenger.sendToGroup(group, 'bad')
  await alice.messenger.sendToGroup(group, 'good')
  await until(() => heard().length === 1, 'the good one')
  expect(heard()).toEqual(['good'])
})

test('a changed message is delivered changed, told changed, and replayed changed', async () => {
  const { group, alice, heard } = await talkers()
  callback.judge = ({ data }) =>
    instead(
      data === 'text' ? 'not json' : JSON.stringify({ text: String((data as { text: string }).text).slice(0, 1) }),
    )
  await alice.messenger.sendToGroup(group, { text: 'word' })
  await alice.messenger.sendToGroup(group, 'text')
  await until(() => heard().length === 2 && callback.after.length === 2, 'both')
  expect(heard()).toEqual([{ text: 'w' }, 'not json'])
  expect(callback.after.map(({ data }) => data)).toEqual([{ text: 'w' }, 'not json'])
})

test.each<[string, Reply]>([
  ['HTTP 500', 500],
  ['no JSON', '<html>'],
  ['null', 'null'],
  ['no code', {}],
  ['a code in text', verdict('1')],
  ['a code of nobody', verdict(10201)],
  [
    'a changed message of another kind',
    verdict(0, { MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'x' } }] }),
  ],
  ['a changed message too long', instead('x'.repeat(13_000))],
])('an answer that is none (%s): the message is delivered as it was', async (_, reply) => {
  const { group, alice, heard } = await talkers()
  const before = stats().unanswered
  callback.judge = () => reply
  await alice.messenger.sendToGroup(group, 'word')
  await until(() => heard().length === 1, 'the message')
  expect(heard()).toEqual(['word'])
  expect(stats().unanswered).toBe(before + 1)
})

test('no answer in time: the message is delivered without, and the operator reads it once', async () => {
  const impatient = await ChatServer.start({ callback: { url: callback.url, token: TOKEN, verdictMs: 100 } })
  try {
    await impatient.createGroup('g')
    const alice = await fixture.phone('alice', 'g', impatient)
    callback.judge = () => undefined
    await Promise.all(['one', 'two'].map((data) => alice.messenger.sendToGroup('g', data)))
    await until(() => alice.messages.length === 2, 'the messages')
    expect(alice.messages.map(({ data }) => data)).toEqual(['one', 'two'])
    expect(impatient.chat.stats().callbacks).toMatchObject({ asked: 2, unanswered: 2, out: 0 })
    expect(warned.mock.calls.flat().join()).toMatch(/^im: Group.CallbackBeforeSendMsg to http.* failed \(.*time/)
    expect(warned).toHaveBeenCalledTimes(1)
  } finally {
    await impatient.stop()
  }
})

test('one sender keeps his order however late the verdicts come; others and other groups wait for nothing', async () => {
  const { group, alice, bob, heard } = await talkers()
  const elsewhere = await newGroup()
  await bob.messenger.joinGroup(elsewhere)
  const by = later()
  const words = ['1', '2', '3', '4']
  const sent = words.map((word) => alice.messenger.sendToGroup(group, word).catch((error) => error.code))
  await until(() => words.every(by.has), 'all four to be out at once')
  for (const word of ['4', '3', '2']) by.give(word, word === '3' ? verdict(1) : OK)
  for (const [where, word] of [
    [group, 'from bob'],
    [elsewhere, 'elsewhere'],
  ] as const) {
    const saying = bob.messenger.sendToGroup(where, word)
    await until(() => by.has(word), 'the question')
    by.give(word, OK)
    await saying
  }
  await until(() => heard().length === 2, 'what bob said')
  expect(heard()).toEqual(['from bob', 'elsewhere'])
  by.give('1', OK)
  expect(await Promise.all(sent)).toEqual([undefined, undefined, 'refused', undefined])
  await until(() => heard().length === 5, 'what alice said')
  expect(heard().slice(2)).toEqual(['1', '2', '4'])
})

test('an arrival is asked about and has no number, however it is labelled: it goes first where there is too much', async () => {
  const { group, alice, heard } = await talkers()
  await alice.messenger.sendToGroup(group, { type: 'joined', name: 'A' }, 'high')
  await until(() => heard().length === 1, 'the arrival')
  expect(callback.before.map(({ body }) => body.MsgPriority)).toEqual(['Low'])
  expect(callback.after).toEqual([])
})

test('hearts and the server are not asked about; words under the label of a heart are', async () => {
  const { group, alice, bob, heard } = await talkers()
  callback.judge = () => verdict(1)
  await alice.messenger.sendToGroup(group, { type: 'like', n: 3 }, 'low')
  await server.announce(group, { type: 'room' })
  await until(() => heard().length === 2, 'both')
  expect(callback.before).toEqual([])
  for (const data of [
    { type: 'barrage', text: 'x' },
    { type: 'like', n: 'x' },
    { type: 'like', n: 1, text: 'x' },
    null,
  ]) {
    await expect(bob.messenger.sendToGroup(group, data, 'low')).rejects.toEqual(refused)
  }
  await expect(bob.messenger.sendToGroup(group, { type: 'like', n: 1 }, 'high')).rejects.toEqual(refused)
  expect(callback.before).toHaveLength(5)
  expect(heard()).toHaveLength(2)
})

test('a sender whom the callback mutes for his message is silent at once', async () => {
  const { group, alice, heard } = await talkers()
  const base = `http://127.0.0.1:${server.port}/im`
  const rest = createImRest({ base, sdkAppId: SDK_APP_ID, secretKey: SECRET_KEY, admin: 'administrator' })
  callback.judge = async () => {
    await rest.mute(group, ['alice'], 60)
    return OK
  }
  await expect(alice.messenger.sendToGroup(group, 'x')).rejects.toMatchObject({ code: 'muted' })
  await expect(alice.messenger.sendToGroup(group, 'y')).rejects.toMatchObject({ code: 'muted' })
  expect(callback.before).toHaveLength(1)
  expect(heard()).toEqual([])
})

test('a group that ends while a verdict is out takes no more messages', async () => {
  const { group, alice } = await talkers()
  const by = later()
  const saying = alice.messenger.sendToGroup(group, 'late')
  await until(() => by.has('late'), 'the question')
  await server.rest('group_open_http_svc/destroy_group', { GroupId: group })
  await server.createGroup(group)
  by.give('late', OK)
  await expect(saying).rejects.toMatchObject({ code: 'not-in-group' })
  expect(callback.after).toEqual([])
})

test('a sender who goes while his verdict is out is heard all the same', async () => {
  const { group, alice, heard } = await talkers()
  const by = later()
  alice.messenger.sendToGroup(group, 'goodbye').catch(() => undefined)
  await until(() => by.has('goodbye'), 'the question')
  alice.messenger.logout()
  await until(() => server.chat.stats().users === 1, 'alice to be gone')
  by.give('goodbye', OK)
  await until(() => heard().length === 1, 'the message')
  expect(stats().out).toBe(0)
})

test('no more than so many of one group are out; the rest is shed, and others are not', async () => {
  const group = await newGroup()
  const elsewhere = await newGroup()
  const by = later()
  const dropped = server.chat.stats().dropped
  const crowd = await Promise.all(
    Array.from({ length: OUT_MAX / 20 + 1 }, (_, n) => fixture.phone(`crowd-${n}`, group, server)),
  )
  const bob = await fixture.phone('bob', elsewhere, server)
  const said = crowd.flatMap(({ messenger }, n) =>
    Array.from({ length: 20 }, (_, m) => messenger.sendToGroup(group, `${n}-${m}`)),
  )
  await until(() => callback.before.length === OUT_MAX && stats().out === OUT_MAX, 'all places to be taken')
  await until(() => server.chat.stats().dropped === dropped + 20, 'the rest to be shed')
  const elsewhereSaid = bob.messenger.sendToGroup(elsewhere, 'hello')
  await until(() => by.has('hello'), 'the question of the other group')
  by.give('hello', OK)
  await elsewhereSaid
  for (const { data } of callback.before) by.give(data, OK)
  await Promise.all(said)
  expect(stats().out).toBe(0)
})

test('a chat that ends gives up what is out', async () => {
  const ending = await ChatServer.start({ callback: { url: callback.url, token: TOKEN } })
  await ending.createGroup('g')
  const alice = await fixture.phone('alice', 'g', ending)
  const by = later()
  const saying = alice.messenger.sendToGroup('g', 'x')
  await until(() => by.has('x'), 'the question')
  await Promise.all([ending.stop(), expect(saying).rejects.toMatchObject({ code: 'offline' })])
  expect(warned).not.toHaveBeenCalled()
})

test('without a callback nobody is asked, and there are no figures', async () => {
  expect(fixture.server.chat.stats().callbacks).toBeNull()
})
