import { config } from '../../support/room-config'
import { crowd, expectSoundStage } from './link-people'
import { anna, bob, LEASE_MS, openWorld, person, VIEWER_LEASE_MS, type World } from './world'

const carol = person('openid-carol')

let world: World
let roomId: string
beforeEach(async () => {
  world = await openWorld()
})
afterEach(async () => {
  const room = await world.room(roomId)
  await world.close()
  expectSoundStage(room)
})

const openRoom = async (lowLatency: number) => {
  const made = await world.actions.create(anna, { title: 'A', cover: 'jade', requestId: 'r', lowLatency })
  roomId = made.room.roomId
  const { stream } = await world.room(roomId)
  await world.begin(stream, 's1')
  world.online.add(stream)
  return stream
}
const enter = async (who: typeof bob, lowLatency = true) =>
  (await world.actions.enter(who, { roomId, lowLatency })).play.lowLatency
const sync = async (who: typeof bob) => (await world.actions.sync(who, { roomId, version: 0 })).play.lowLatency

it("gives the anchor's picture without delay to whoever asks for it, for a short time", async () => {
  const stream = await openRoom(2)
  const play = await enter(bob)
  expect(play).toMatchObject({ userId: anna.userId, seat: 0, url: expect.stringContaining(stream) })
  expect(play?.expiresInMs).toBeLessThanOrEqual(600_000)
  expect(play?.expiresInMs).toBeLessThan(config.live.pushTtlS * 1000)
  expect(await enter(carol, false)).toBeNull()
  expect(await world.room(roomId)).toMatchObject({ fastUsed: 1 })
})

it('promise 3, M42: fifty who ask at once for ten places: ten', async () => {
  await openRoom(10)
  const plays = await Promise.all(crowd(50).map((who) => enter(who)))
  expect(plays.filter(Boolean)).toHaveLength(10)
  expect((await world.room(roomId)).fastUsed).toBe(10)
})

it('one person many times at once takes one place', async () => {
  await openRoom(3)
  const plays = await Promise.all(Array.from({ length: 20 }, () => enter(bob)))
  expect(plays.every(Boolean)).toBe(true)
  expect((await world.room(roomId)).fastUsed).toBe(1)
})

it('a room that offers none gives none, and nobody has one in a room of somebody else', async () => {
  await openRoom(0)
  expect(await enter(bob)).toBeNull()
  expect(await sync(bob)).toBeNull()
})

it('a sync renews place and URL for who has one, and gives none to who has not', async () => {
  await openRoom(1)
  const first = await enter(bob)
  await enter(carol)
  for (let i = 0; i < 5; i++) {
    world.clock.now += VIEWER_LEASE_MS - 1000
    await world.actions.beat(anna, { roomId, epoch: 1, version: 0 })
    const play = await sync(bob)
    expect(play?.url).not.toBe(first?.url)
    expect(await sync(carol)).toBeNull()
    await world.sweep()
  }
  expect((await world.room(roomId)).fast).toEqual({ [bob.userId]: expect.any(Number) })
})

it('a place is free again when its viewer leaves, vanishes, or is sent out', async () => {
  await openRoom(1)
  await enter(bob)
  await world.actions.leave(bob, { roomId })
  expect(await enter(carol)).not.toBeNull()
  world.clock.now += LEASE_MS
  await world.sweep()
  expect(await enter(bob)).not.toBeNull()
  await world.actions['order.ban'](anna, { roomId, userId: bob.userId, on: true })
  expect((await world.room(roomId)).fastUsed).toBe(0)
})

it('while the anchor has no picture there is none, and the place is kept', async () => {
  const stream = await openRoom(1)
  await world.end(stream, 's1')
  expect(await enter(bob)).toBeNull()
  expect((await world.room(roomId)).fastUsed).toBe(1)
  world.clock.now += 1000
  await world.begin(stream, 's2')
  expect(await sync(bob)).not.toBeNull()
})
