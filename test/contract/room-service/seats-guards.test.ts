import { openCollections } from '../../../cloudfunctions/adapters/store/collections'
import type { Hold } from '../../../cloudfunctions/core/link/store'
import { seatOf } from '../../../cloudfunctions/core/seats'
import { LINK_WAIT_MS } from '../../support/room-config'
import { ask, crowd, goOnStage, takeSeat } from './link-people'
import { anna, bob, liveRoom, openWorld, person, type World } from './world'

const carol = person('openid-carol')

let world: World
let roomId: string
beforeEach(async () => {
  world = await openWorld()
  roomId = (await liveRoom(world)).roomId
})
afterEach(() => world.close())

const hold = (changes: Partial<Hold> = {}): Hold => ({
  seat: 1,
  seenEpoch: 0,
  userId: bob.userId,
  name: '',
  linkId: '',
  taken: false,
  stream: 'a-stream',
  until: world.clock.now + 1000,
  ...changes,
})
const seatOfBob = async () => {
  const seat = seatOf(await world.room(roomId), bob.userId)
  if (!seat) throw new Error('Bob has no seat')
  return seat
}
const wins = (results: unknown[]): number => results.filter((each) => each !== null && each !== false).length

it('M42: a seat is given once, and nobody gets two', async () => {
  const people = crowd(20)
  const sits = await Promise.all(people.map(({ userId }) => world.store.sit(roomId, hold({ userId }), world.clock.now)))
  expect(wins(sits)).toBe(1)
  const both = await Promise.all(
    [2, 3].map((seat) => world.store.sit(roomId, hold({ seat, userId: carol.userId }), world.clock.now)),
  )
  expect(wins(both)).toBe(1)
})

it('a locked seat, one that was held since, and one of a closed room are given to nobody', async () => {
  const sit = (changes: Partial<Hold>) => world.store.sit(roomId, hold(changes), world.clock.now)
  await world.store.lockSeat(roomId, 1, true)
  expect(await sit({})).toBeNull()
  await takeSeat(world, roomId)
  const seat = await seatOfBob()
  await world.actions['seat.leave'](bob, { roomId })
  expect(await sit({ seat: seat.seat, seenEpoch: 0 })).toBeNull()
  await world.actions.close(anna, { roomId })
  expect(await sit({ seat: 3 })).toBeNull()
})

it('M69: a ticket seats only the person it is for, until it is over, and once', async () => {
  const { link } = await ask(world, roomId)
  const sit = (changes: Partial<Hold>) =>
    world.store.sit(roomId, hold({ linkId: link.linkId, ...changes }), world.clock.now)
  expect(await sit({ userId: carol.userId })).toBeNull()
  expect(await sit({ linkId: `l${'0'.repeat(24)}` })).toBeNull()
  world.clock.now += LINK_WAIT_MS
  expect(await sit({})).toBeNull()
  world.clock.now -= 1
  expect(wins(await Promise.all([1, 2, 3].map((seat) => sit({ seat }))))).toBe(1)
  expect(await world.room(roomId)).toMatchObject({ links: {}, linksUsed: 0, onStage: [bob.userId] })
})

it('who came anew, or has beaten since, is not freed by what was seen before', async () => {
  await goOnStage(world, roomId)
  const seen = await seatOfBob()
  await world.store.renewSeat(roomId, bob.userId, seen.seat, 1, world.clock.now + 5000)
  expect(await world.store.freeSeat(roomId, seen, world.clock.now, world.clock.now + 4999)).toBeNull()
  const next = { stream: 'next', until: world.clock.now + 1000, now: world.clock.now }
  const takes = await Promise.all(Array.from({ length: 10 }, () => world.store.retakeSeat(roomId, seen, next)))
  expect(wins(takes)).toBe(1)
  expect(await world.store.freeSeat(roomId, seen, world.clock.now)).toBeNull()
  expect(await world.store.setDevice(roomId, seen, { micOff: true, cameraOff: true })).toBeNull()
  expect((await world.room(roomId)).onStage).toEqual([bob.userId])
})

it('a seat is freed once by 20 at a time', async () => {
  await takeSeat(world, roomId)
  const seat = await seatOfBob()
  const frees = await Promise.all(Array.from({ length: 20 }, () => world.store.freeSeat(roomId, seat, world.clock.now)))
  expect(wins(frees)).toBe(1)
  expect((await world.room(roomId)).forbid).toEqual([seat.doc.stream])
})

it('a stream that was added in the very moment of clearing up is not forgotten', async () => {
  await takeSeat(world, roomId)
  const one = await seatOfBob()
  await takeSeat(world, roomId, carol)
  const two = seatOf(await world.room(roomId), carol.userId)
  if (!two) throw new Error('Carol has no seat')
  const seen = await world.store.freeSeat(roomId, one, world.clock.now)
  await world.store.freeSeat(roomId, two, world.clock.now)
  if (!seen) throw new Error('Bob was not freed')
  await world.store.tidied(seen, 0)
  expect(await world.room(roomId)).toMatchObject({ forbid: [one.doc.stream, two.doc.stream], tidyAt: world.clock.now })
})

it('what came up while the sweeper looked is looked at in time', async () => {
  const seen = await world.room(roomId)
  const { link } = await ask(world, roomId)
  await world.store.planStage(seen, world.clock.now + 999_999)
  const { stageAt, links } = await world.room(roomId)
  expect(stageAt).toBe(links[bob.userId]?.expiresAt)
  const asked = await world.room(roomId)
  await world.store.removeTicket(roomId, bob.userId, link.linkId)
  world.clock.now += 1000
  await ask(world, roomId)
  await world.store.planStage(asked, world.clock.now + 999_999)
  expect((await world.room(roomId)).stageAt).toBeLessThanOrEqual(stageAt)
})

it('a queue and the low-latency places never hold more than they may', async () => {
  const ticket = (i: number) => ({
    linkId: `l${i}`,
    kind: 'request' as const,
    name: '',
    by: '',
    at: 0,
    expiresAt: world.clock.now + 1000,
  })
  const asked = await Promise.all(crowd(30).map(({ userId }, i) => world.store.addTicket(roomId, userId, ticket(i), 5)))
  expect(wins(asked)).toBe(5)
  const room = { ...(await world.room(roomId)), fastMax: 3 }
  const places = await Promise.all(
    crowd(30).map(({ userId }) => world.store.addFast(room, userId, world.clock.now + 1000)),
  )
  expect(wins(places)).toBe(3)
  expect(await world.room(roomId)).toMatchObject({ linksUsed: 5, fastUsed: 3 })
})

it('a call is closed as empty only while nobody is in it, and with its owner only if it was opened so', async () => {
  const made = await world.actions.create(bob, { title: 'B', cover: 'jade', requestId: 'c', kind: 'call' })
  const call = made.room.roomId
  const seat = seatOf(await world.room(call), bob.userId)
  if (!seat) throw new Error('Bob has no seat')
  expect(await world.store.closeEmpty(call, world.clock.now, 0)).toBeNull()
  expect(await world.store.closeWithOwner(call, seat, world.clock.now, 0)).toBeNull()
  const { rooms, change } = openCollections('test')
  await change(rooms, { _id: call }, { endsWithOwner: true })
  expect(await world.store.closeWithOwner(call, seat, world.clock.now, 0, seat.doc.until - 1)).toBeNull()
  expect(await world.store.closeWithOwner(call, seat, world.clock.now, 0)).toMatchObject({ state: 'closed' })
  expect(await world.store.closeEmpty(roomId, world.clock.now, 0)).toBeNull() // no call
})

it('a stage is cleared once, and only of a room that is closed', async () => {
  const { stream } = await takeSeat(world, roomId)
  expect(await world.store.clearStage(await world.room(roomId), world.clock.now)).toBeNull()
  await world.store.closeByAnchor(roomId, anna.userId, world.clock.now, world.clock.now + 10_000)
  const closed = await world.room(roomId)
  const clears = await Promise.all([1, 2, 3].map(() => world.store.clearStage(closed, world.clock.now)))
  expect(wins(clears)).toBe(1)
  expect((await world.room(roomId)).forbid).toEqual([stream])
  expect((await world.room(roomId)).tidyAt).toBe(world.clock.now + 10_000)
})
