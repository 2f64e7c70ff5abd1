import { LIMITS } from '../../../miniprogram/protocol/limits'
import { ask, crowd, expectSoundStage, seatDoc } from './link-people'
import { anna, bob, openWorld, person, type World } from './world'

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

const openRoomWith = async (seats: number) => {
  const created = await world.actions.create(anna, { title: 'A', cover: 'jade', requestId: 'r', seats })
  roomId = created.room.roomId
}
const accept = (linkId: string, who = anna) => world.actions['link.accept'](who, { roomId, linkId })
const settled = <T>(calls: Promise<T>[]) => Promise.allSettled(calls)
const codes = (results: PromiseSettledResult<unknown>[]) =>
  results.flatMap((each) => (each.status === 'rejected' ? [(each.reason as { code: string }).code] : []))

it('M42, promise 3: of 50 requests that are accepted at once, six get the six seats, and the others wait on', async () => {
  await openRoomWith(6)
  const people = crowd(LIMITS.linkQueueMax)
  const tickets = await Promise.all(people.map((who) => ask(world, roomId, who)))
  const results = await settled(tickets.map(({ link }) => accept(link.linkId)))
  const seats = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value.seat] : []))
  expect(seats.sort()).toEqual([1, 2, 3, 4, 5, 6])
  expect(codes(results)).toEqual(Array(44).fill('full'))
  expect((await world.room(roomId)).linksUsed).toBe(44)
})

it('two admins who accept the same request, and a double tap, give one seat', async () => {
  await openRoomWith(6)
  const { link } = await ask(world, roomId)
  const given = await Promise.all(Array.from({ length: 10 }, () => accept(link.linkId)))
  expect(new Set(given.map(({ seat }) => seat))).toEqual(new Set([1]))
  expect((await world.room(roomId)).onStage).toEqual([bob.userId])
  expect(world.told.filter(({ message }) => message.type === 'link-answer')).toHaveLength(1)
})

it('one request accepted onto six different seats at once gives one of them', async () => {
  await openRoomWith(6)
  const { link } = await ask(world, roomId)
  const results = await settled(
    [1, 2, 3, 4, 5, 6].map((seat) => world.actions['link.accept'](anna, { roomId, linkId: link.linkId, seat })),
  )
  const seats = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value.seat] : []))
  expect(new Set(seats).size).toBe(1)
  expect((await world.room(roomId)).onStage).toEqual([bob.userId])
})

it('accept against cancel: either he is seated, or told that he is not', async () => {
  await openRoomWith(3)
  for (let round = 0; round < 10; round++) {
    const { link } = await ask(world, roomId)
    const [accepted, cancelled] = await Promise.all([
      accept(link.linkId).then(
        () => true,
        () => false,
      ),
      world.actions['link.cancel'](bob, { roomId, linkId: link.linkId }).then((answer) => answer.cancelled),
    ])
    expect(accepted).toBe(!cancelled)
    expect((await seatDoc(world, roomId)) !== null).toBe(accepted)
    await world.actions['seat.leave'](bob, { roomId })
    world.clock.now += 1000
  }
})

it('accept against reject: one of the two answers counts', async () => {
  await openRoomWith(3)
  for (let round = 0; round < 10; round++) {
    const { link } = await ask(world, roomId)
    const [accepted, { rejected }] = await Promise.all([
      accept(link.linkId).then(
        () => true,
        () => false,
      ),
      world.actions['link.reject'](anna, { roomId, linkId: link.linkId }),
    ])
    expect(accepted).toBe(!rejected)
    await world.actions['seat.leave'](bob, { roomId })
    world.clock.now += 1000
  }
})

it('accept, leave, kick and take at once: the seat is his or free, and every stream but his is forbidden', async () => {
  await openRoomWith(3)
  for (let round = 0; round < 10; round++) {
    const { link } = await ask(world, roomId)
    await settled<unknown>([
      accept(link.linkId),
      world.actions['seat.take'](bob, { roomId }),
      world.actions['seat.leave'](bob, { roomId }),
      world.actions['seat.kick'](anna, { roomId, userId: bob.userId }),
      world.actions['seat.leave'](bob, { roomId }),
    ])
    const mine = (await seatDoc(world, roomId))?.stream ?? ''
    expectSoundStage(await world.room(roomId))
    if (mine !== '') expect(world.forbidden).not.toContain(mine)
    await world.actions['seat.leave'](bob, { roomId })
    if (mine !== '') expect(world.forbidden).toContain(mine)
    world.clock.now += 1000
  }
})

it('accept against close: nobody is seated in a room that is over, and his stream is dead', async () => {
  for (let round = 0; round < 5; round++) {
    const created = await world.actions.create(anna, { title: 'A', cover: 'jade', requestId: `r${round}` })
    roomId = created.room.roomId
    const { link } = await ask(world, roomId)
    const [, closed] = await settled<unknown>([accept(link.linkId), world.actions.close(anna, { roomId })])
    expect(closed?.status).toBe('fulfilled')
    expect(await world.room(roomId)).toMatchObject({ state: 'closed', onStage: [] })
    world.clock.now += 1000
  }
})

it('many who ask, leave and ask again at once are never counted twice', async () => {
  await openRoomWith(2)
  const people = [bob, carol, ...crowd(6)]
  for (let round = 0; round < 4; round++) {
    const asked = await settled(people.map((who) => ask(world, roomId, who)))
    const tickets = asked.flatMap((each) => (each.status === 'fulfilled' ? [each.value.link] : []))
    await settled<unknown>([
      ...tickets.map(({ linkId }) => accept(linkId)),
      ...tickets.map(({ linkId, user }) => world.actions['link.cancel'](user, { roomId, linkId })),
      ...people.map((who) => world.actions['seat.leave'](who, { roomId })),
    ])
    expectSoundStage(await world.room(roomId))
    world.clock.now += 1000
  }
})
