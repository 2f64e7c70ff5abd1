import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createImRest } from '../../../cloudfunctions/adapters/im-rest'
import { ChatFixture } from './chat-fixture'
import { ChatServer, SDK_APP_ID, SECRET_KEY } from './chat-server'
import { until } from './until'

const fixture = new ChatFixture()
let skew = 0
let server: ChatServer
let dataDir: string
beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'chat-'))
  server = await ChatServer.start({ dataDir, now: () => Date.now() + skew })
})
afterAll(async () => {
  await server.stop()
  rmSync(dataDir, { recursive: true })
})
let groups = 0
let group: string
beforeEach(async () => {
  groups += 1
  group = `quiet-${groups}`
  await rest().createGroup(group)
})

/** The room service's own client. */
function rest() {
  const base = `http://127.0.0.1:${server.port}/im`
  return createImRest({ base, sdkAppId: SDK_APP_ID, secretKey: SECRET_KEY, admin: 'administrator' })
}
const muted = expect.objectContaining({ name: 'MessengerError', code: 'muted' })

test('whoever is muted cannot write, likes included, but hears; the others can; it ends by itself or when lifted', async () => {
  const alice = await fixture.phone('alice', group, server)
  const bob = await fixture.phone('bob', group, server)
  await rest().mute(group, ['alice', 'nobody-here'], 60)
  await expect(alice.messenger.sendToGroup(group, 'no')).rejects.toEqual(muted)
  await expect(alice.messenger.sendToGroup(group, 'no', 'low')).rejects.toEqual(muted)
  await bob.messenger.sendToGroup(group, 'from bob')
  await until(() => alice.messages.length === 1, 'the message of bob')
  await rest().mute(group, ['alice'], 0)
  await alice.messenger.sendToGroup(group, 'lifted')
  await rest().mute(group, ['alice'], 60)
  skew += 61_000
  await alice.messenger.sendToGroup(group, 'over')
  await until(() => bob.messages.length === 3, 'what alice may say')
  expect(bob.messages.map(({ data }) => data)).toEqual(['from bob', 'lifted', 'over'])
  expect(server.chat.stats().muted).toBe(2)
})

test('a mute is of one group only, and does not end by leaving it', async () => {
  const alice = await fixture.phone('alice', group, server)
  const elsewhere = `${group}-b`
  await rest().createGroup(elsewhere)
  await alice.messenger.joinGroup(elsewhere)
  await rest().mute(group, ['alice'], 60)
  await alice.messenger.sendToGroup(elsewhere, 'here I may')
  await alice.messenger.quitGroup(group)
  await alice.messenger.joinGroup(group)
  await expect(alice.messenger.sendToGroup(group, 'no')).rejects.toEqual(muted)
})

test('all muted: only the server is heard', async () => {
  const alice = await fixture.phone('alice', group, server)
  await rest().muteAll(group, true)
  await expect(alice.messenger.sendToGroup(group, 'no')).rejects.toEqual(muted)
  await server.announce(group, 'the server')
  await rest().muteAll(group, false)
  await alice.messenger.sendToGroup(group, 'again')
  await until(() => alice.messages.length === 2, 'both messages')
  expect(alice.messages.map(({ data }) => data)).toEqual(['the server', 'again'])
})

test('mutes live as long as the group, over a restart, and not longer', async () => {
  const alice = await fixture.phone('alice', group, server)
  const other = `${group}-b`
  await rest().createGroup(other)
  await alice.messenger.joinGroup(other)
  await rest().mute(group, ['alice'], 60)
  await rest().muteAll(other, true)
  await server.restart()
  await until(() => alice.gaps.length >= 2, 'to be back')
  await expect(alice.messenger.sendToGroup(group, 'no')).rejects.toEqual(muted)
  await expect(alice.messenger.sendToGroup(other, 'no')).rejects.toEqual(muted)
  await rest().destroyGroup(group)
  await rest().createGroup(group)
  await alice.messenger.joinGroup(group)
  await alice.messenger.sendToGroup(group, 'a new group')
})

test('the list of the muted, under both of its names', async () => {
  await rest().mute(group, ['alice', 'bob'], 60)
  await rest().mute(group, ['bob'], 0)
  const list = await server.rest('group_open_http_svc/get_group_muted_account', { GroupId: group })
  const older = await server.rest('group_open_http_svc/get_group_shutted_uin', { GroupId: group })
  const [entry] = list.MutedAccountList as { Member_Account: string; MutedUntil: number }[]
  expect(list).toMatchObject({ ErrorCode: 0, GroupId: group, MutedAccountList: [{ Member_Account: 'alice' }] })
  expect(older).toMatchObject({ ShuttedUinList: [{ Member_Account: 'alice', ShuttedUntil: entry?.MutedUntil }] })
  expect(Math.abs((entry?.MutedUntil ?? 0) - (Date.now() + skew) / 1000 - 60)).toBeLessThan(20)
})

test('a message that the server sends in the name of a muted user is refused with 10017', async () => {
  await rest().mute(group, ['alice'], 60)
  const MsgBody = [{ MsgType: 'TIMCustomElem', MsgContent: { Data: '1', Desc: '', Ext: '' } }]
  const command = 'group_open_http_svc/send_group_msg'
  const answer = await server.rest(command, { GroupId: group, From_Account: 'alice', MsgBody })
  expect(answer).toMatchObject({ ActionStatus: 'FAIL', ErrorCode: 10017 })
})

test('who is there is counted, and one person can be told', async () => {
  const alice = await fixture.phone('alice', group, server)
  await fixture.phone('bob', group, server)
  expect(await rest().onlineCount(group)).toBe(2)
  await rest().tell('alice', { type: 'seat', roomId: group, what: 'kicked' })
  await until(() => alice.messages.length === 1, 'the hint')
  expect(alice.messages).toEqual([{ from: '', system: true, data: { type: 'seat', roomId: group, what: 'kicked' } }])
  await alice.messenger.quitGroup(group)
  expect(await rest().onlineCount(group)).toBe(1)
  await expect(rest().onlineCount('nowhere')).rejects.toMatchObject({ code: 10010 })
})
