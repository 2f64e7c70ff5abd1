import { publicUserId } from '../../../cloudfunctions/core/ids'
import { readUserSig, userSig } from '../../../cloudfunctions/core/user-sig'
import { config } from '../../support/room-config'
import { ADMIN, type Desk, kindOf, openDesk } from './desk'

jest.setTimeout(60_000)

let desk: Desk
beforeEach(async () => {
  desk = await openDesk()
})
afterEach(() => desk.world.close())

test('M1: login info names a guest whom nobody has been before, or the caller of a bearer token', async () => {
  const guests = Array.from({ length: 20 }, () => desk.logins.loginInfo(null))
  expect(new Set(guests.map(({ userID }) => userID)).size).toBe(20)
  const [guest] = guests
  expect(guest).toMatchObject({
    sdkAppID: config.im.sdkAppId,
    accType: '',
    userID: expect.stringMatching(/^[\w-]{1,32}$/),
  })
  expect(readUserSig(config.im, guest?.userSig ?? '', desk.world.clock.now)).toBe(guest?.userID)
  const me = publicUserId(config.userIdSecret, 'openid-anna')
  const own = desk.logins.loginInfo({ userId: me })
  expect(own.userID).toBe(me)
  expect(readUserSig(config.im, own.userSig, desk.world.clock.now)).toBe(me)
})

test('an account has a name space of its own: nobody becomes another person by the name of his account', async () => {
  const anna = publicUserId(config.userIdSecret, 'openid-anna')
  const token = await desk.login(anna)
  expect((await desk.logins.terminal(anna, token)).userId).not.toBe(anna)
  const proven = await desk.login(anna, { known: { userId: anna } })
  expect((await desk.logins.terminal(anna, proven)).userId).toBe(anna)
  const other = await desk.login('somebody', { known: { userId: anna } })
  expect((await desk.logins.terminal('somebody', other)).userId).toBe(publicUserId(config.userIdSecret, 'rs:somebody'))
})

test("the administrator's UserSig opens nothing here", async () => {
  expect(await kindOf(desk.login(ADMIN))).toBe('bad-sig')
})

test('M15: a UserSig is good until its time and expiry are over, and not a second longer', async () => {
  const sig = desk.sig('old_user', 3600)
  desk.wait(3_599_000)
  await desk.login('old_user', { sig })
  desk.wait(1000)
  expect(await kindOf(desk.login('old_user', { sig }))).toBe('bad-sig')
})

test.each([
  ['nothing readable', 'garbage'],
  ['base64 that does not inflate', Buffer.from('{"TLS.ver":"2.0"}').toString('base64')],
  ['a broken one', `${userSig(config.im, 'old_user', 3600, 1_700_000_000).slice(0, -20)}`],
  ["another person's", userSig(config.im, 'another', 3600, 1_700_000_000)],
  ["another key's", userSig({ ...config.im, secretKey: 'another' }, 'old_user', 3600, 1_700_000_000)],
  ["another application's", userSig({ ...config.im, sdkAppId: 1 }, 'old_user', 3600, 1_700_000_000)],
])('M16: %s as UserSig is an authentication error', async (_what, sig) => {
  expect(await kindOf(desk.login('old_user', { sig }))).toBe('bad-sig')
  expect(desk.world.docs('room_service_sessions')).toEqual([])
})

test('an application that is not ours is told so', async () => {
  expect(await kindOf(desk.login('old_user', { sdkAppID: 7 }))).toBe('unknown-app')
})

test('M17: several devices at once, tokens that end, and one that is stored as its hash only', async () => {
  const [phone, pad] = [await desk.login('old_user'), await desk.login('old_user')]
  expect(phone).toMatch(/^[0-9a-f]{64}$/)
  expect(phone).not.toBe(pad)
  for (const token of [phone, pad]) expect((await desk.logins.terminal('old_user', token)).account).toBe('old_user')
  expect(JSON.stringify(desk.world.docs('room_service_sessions'))).not.toContain(phone)
  desk.wait(24 * 3600_000 - 1)
  await desk.logins.terminal('old_user', phone)
  desk.wait(1)
  expect(await kindOf(desk.logins.terminal('old_user', phone))).toBe('not-logged-in')
  desk.wait()
  await desk.world.sweep()
  expect(desk.world.docs('room_service_sessions')).toEqual([])
})

test('of very many devices the eldest are out', async () => {
  const tokens: string[] = []
  for (let i = 0; i < 12; i++) {
    desk.wait()
    tokens.push(await desk.login('old_user'))
  }
  expect(desk.world.docs('room_service_sessions')).toHaveLength(10)
  expect(await kindOf(desk.logins.terminal('old_user', tokens[1] ?? ''))).toBe('not-logged-in')
  await desk.logins.terminal('old_user', tokens[2] ?? '')
})

test('M4: a token is good for its own user only', async () => {
  const token = await desk.login('old_user')
  expect(await kindOf(desk.logins.terminal('another', token))).toBe('other-user')
})

test('M33: logout ends this login, may be repeated, and leaves other devices alone', async () => {
  const [phone, pad] = [await desk.login('old_user'), await desk.login('old_user')]
  await desk.logins.logout(phone)
  await desk.logins.logout(phone)
  expect(await kindOf(desk.logins.terminal('old_user', phone))).toBe('not-logged-in')
  await desk.logins.terminal('old_user', pad)
})

test('M47: a login survives a restart of the function: nothing of it is in its memory', async () => {
  const token = await desk.login('old_user')
  const stored = await desk.world.store.session(
    (desk.world.docs('room_service_sessions')[0] as { _id: string })._id,
    desk.world.clock.now,
  )
  expect(stored).toMatchObject({ account: 'old_user' })
  expect(token).not.toBe(stored?._id)
})
