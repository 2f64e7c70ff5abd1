import * as liveroom from '../../../miniprogram/compat/liveroom/liveroom'
import type { RoomSummary } from '../../../miniprogram/protocol/room'
import { RoomApiError } from '../../../miniprogram/services/room-api/port'
import { type Kit, provideKit } from '../../../miniprogram/stores/kit'
import { Session } from '../../../miniprogram/stores/session'
import { roomView, seatView } from '../../support/fakes/room-view'

const counts = { viewers: 7, likes: 0, totalViewers: 9, peakViewers: 8, pk: null }
const rooms: RoomSummary[] = Array.from({ length: 70 }, (_, i) => ({
  room: roomView({
    roomId: `r${i}`,
    title: `Show ${i}`,
    anchor: { userId: 'u1', name: 'Eve' },
    seats: [
      seatView({ seat: 1, user: { userId: 'u2', name: 'Bob' }, state: 'on' }),
      seatView({ seat: 2, user: { userId: 'u3', name: 'Cy' }, state: 'held' }),
      seatView({ seat: 3 }),
    ],
  }),
  counts,
}))

let calls: string[]
let broken: boolean
let name: string

beforeEach(() => {
  calls = []
  broken = false
  name = ''
  jest.spyOn(console, 'warn').mockImplementation(() => {})
  const call = async (action: string, input: { cursor?: string; name?: string }) => {
    calls.push(action)
    if (broken) throw new RoomApiError('network', 'no network')
    if (action === 'profile') name = input.name ?? ''
    if (action !== 'list') return { me: { userId: 'u1', name }, openRoom: null, settings: {} }
    const from = Number(input.cursor ?? 0)
    return { rooms: rooms.slice(from, from + 20), nextCursor: from + 20 < rooms.length ? String(from + 20) : null }
  }
  provideKit({ session: new Session({ call } as never, { now: () => 0 }) } as unknown as Kit)
})
afterEach(() => jest.restoreAllMocks())

/** Calls as a page of that time did. */
const asked = <T>(run: (options: liveroom.Callbacks<T>) => void) =>
  new Promise<{ success?: T; fail?: liveroom.Failure }>((resolve) => {
    run({ success: (success) => resolve({ success }), fail: (fail) => resolve({ fail }) })
  })
const list = (data: object) => asked<{ rooms: liveroom.ListedRoom[] }>((o) => liveroom.getRoomList({ data, ...o }))
const idsOf = (answer: { success?: { rooms: liveroom.ListedRoom[] } }) => answer.success?.rooms.map((r) => r.roomID)

test('login tells who this is, whatever credentials a page of that time brings along (M1)', async () => {
  const answer = await asked<liveroom.Account>((o) =>
    liveroom.login({ serverDomain: 'https://old.example', userID: 'administrator', userSig: 'x', ...o }),
  )
  expect(answer.success).toEqual({ userID: 'u1', userName: '', userAvatar: '' })
  expect(liveroom.getAccountInfo()).toEqual(answer.success)
})

test('a name is given to who has none, and nobody is renamed (M93)', async () => {
  const login = () => asked<liveroom.Account>((o) => liveroom.login({ userInfo: { nickName: 'Eve' }, ...o }))
  expect((await login()).success?.userName).toBe('Eve')
  expect((await login()).success?.userName).toBe('Eve')
  expect(calls).toEqual(['login', 'profile', 'login'])
})

test('a login that fails says why, with a number of that time', async () => {
  broken = true
  expect(await asked<liveroom.Account>((o) => liveroom.login({ ...o }))).toEqual({
    fail: { errCode: -1, errMsg: 'no network' },
  })
})

test('logout always succeeds (M33)', async () => {
  expect(await asked<undefined>((o) => liveroom.logout(o))).toEqual({ success: undefined })
})

test('a room of the list has the shape of that time, with whoever pushes, and no address (M8)', async () => {
  const { success } = await list({ index: 0, cnt: 1 })
  const person = (userID: string, userName: string) => ({ userID, userName, userAvatar: '', accelerateURL: '' })
  expect(success?.rooms).toEqual([
    {
      roomID: 'r0',
      roomInfo: 'Show 0',
      roomName: 'Show 0',
      roomCreator: 'u1',
      mixedPlayURL: '',
      pushers: [person('u1', 'Eve'), person('u2', 'Bob')],
      audienceCount: 7,
      custom: '{}',
    },
  ])
})

test('pages follow each other without a gap, over as many pages of ours as it takes, and end (M53)', async () => {
  expect(idsOf(await list({ index: 0, cnt: 50 }))).toEqual(rooms.slice(0, 50).map(({ room }) => room.roomId))
  expect(idsOf(await list({ index: '50', cnt: '50' }))).toEqual(rooms.slice(50).map(({ room }) => room.roomId))
  expect(idsOf(await list({ index: 500, cnt: 5 }))).toEqual([])
})

test('a count is capped, and has a default (M54)', async () => {
  expect(idsOf(await list({ cnt: 10_000 }))).toHaveLength(50)
  expect(idsOf(await list({}))).toHaveLength(50)
})

test.each([{ index: -1 }, { cnt: 0 }, { index: 'x' }, { cnt: 'x' }])('%j is refused', async (data) => {
  expect((await list(data)).fail?.errCode).toBe(-9)
  expect(calls).toEqual([])
})

test('a list that cannot be had fails', async () => {
  broken = true
  expect((await list({})).fail?.errCode).toBe(-1)
})

const OFFERED = ['getAccountInfo', 'login', 'logout', 'getRoomList', 'setListener']
const refusing = Object.entries(liveroom).filter(([name]) => !OFFERED.includes(name))

test.each(refusing)('%s refuses, and says what to do instead', async (_, refuse) => {
  const refused = refuse as (options?: liveroom.Callbacks<never>) => void
  const { fail } = await asked(refused)
  expect(fail?.errMsg).toMatch(/<live-room>/)
  expect(() => refused()).not.toThrow()
})

test('a listener is taken, and told that it hears nothing', () => {
  liveroom.setListener({})
  expect(console.warn).toHaveBeenCalledTimes(1)
})
