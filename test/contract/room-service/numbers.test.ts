import type { MemberDoc } from '../../../cloudfunctions/core/documents'
import { crowd, expectSoundStage } from './link-people'
import { anna, bob, liveRoom, openWorld, type World } from './world'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

/** So many calls are under way at any moment: more connections at once than a machine may open prove nothing else. */
const AT_ONCE = 50

it('M45: 2,000 people who like, 50 of them at any moment, are 2,000 likes, and each is told another figure', async () => {
  const { roomId } = await liveRoom(world)
  const people = crowd(2000)
  const told = new Set<number>()
  const likeOn = async (): Promise<void> => {
    for (let who = people.pop(); who; who = people.pop()) {
      told.add((await world.actions.like(who, { roomId, count: 1 })).counts.likes)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, likeOn))
  expect((await world.room(roomId)).likes).toBe(2000)
  expect(told.size).toBe(2000)
}, 180_000)

it('M45: a viewer whose counting died half-way is counted by the sweeper, in the total too', async () => {
  const { roomId } = await liveRoom(world)
  await world.store.unsettle(roomId)
  await world.store.join(roomId, bob.userId, world.clock.now)
  for (let i = 0; i < 3; i++) {
    world.clock.now += 2000
    await world.sweep()
  }
  expect(await world.room(roomId)).toMatchObject({ viewers: 1, totalViewers: 1, peakViewers: 1, headroom: 0 })
})

it('a room that was full before its first picture is hot from then on', async () => {
  const created = await world.actions.create(anna, { title: 'A', cover: 'jade', requestId: 'r' })
  const { roomId } = created.room
  const early = crowd(8)
  await Promise.all(early.map((who) => world.actions.enter(who, { roomId })))
  const settle = async () => {
    world.clock.now += 2000
    await world.sweep()
  }
  await settle()
  await settle()
  await world.begin((await world.room(roomId)).stream, 's1')
  await settle()
  const { roomId: other } = await liveRoom(world, bob)
  await settle()
  const { rooms } = await world.actions.list(bob, { order: 'hottest' })
  expect(rooms.map(({ room }) => room.roomId)).toEqual([roomId, other])
})

it('M45: 50 devices of one person that come in at once are one member, and one viewer', async () => {
  const { roomId } = await liveRoom(world)
  await Promise.all(Array.from({ length: 50 }, () => world.actions.enter(bob, { roomId })))
  expect(world.docs('members') as MemberDoc[]).toMatchObject([{ roomId, userId: bob.userId, present: true }])
  expect(await world.room(roomId)).toMatchObject({ viewers: 1, totalViewers: 1, peakViewers: 1 })
})

it('M42: 200 people who ask for six seats: 50 wait, six are seated, and no more ever hold a seat', async () => {
  const { room } = await world.actions.create(anna, { title: 'A', cover: 'jade', requestId: 'r', seats: 6 })
  const { roomId } = room
  const people = crowd(200)
  const asked = await Promise.allSettled(people.map((who) => world.actions['link.request'](who, { roomId })))
  const tickets = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value.link] : []))
  const refused = asked.flatMap((each) => (each.status === 'rejected' ? [(each.reason as { code: string }).code] : []))
  expect(tickets).toHaveLength(50)
  expect(refused).toEqual(Array(150).fill('full'))
  const accepted = await Promise.allSettled(
    tickets.map(({ linkId }) => world.actions['link.accept'](anna, { roomId, linkId })),
  )
  const seats = accepted.flatMap((each) => (each.status === 'fulfilled' ? [each.value.seat] : []))
  expect(seats.sort()).toEqual([1, 2, 3, 4, 5, 6])
  expect((await world.room(roomId)).onStage).toHaveLength(6)
  expectSoundStage(await world.room(roomId))
}, 60_000)
