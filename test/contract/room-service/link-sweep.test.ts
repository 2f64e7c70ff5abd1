import { openCollections } from '../../../cloudfunctions/adapters/store/collections'
import type { RoomDoc } from '../../../cloudfunctions/core/documents'
import { NEVER } from '../../../cloudfunctions/core/seats'
import { LINK_WAIT_MS, SEAT_HOLD_MS } from '../../support/room-config'
import { ask, expectSoundStage, goOnStage, seatDoc, takeSeat, toldTo } from './link-people'
import { anna, bob, GRACE_MS, LEASE_MS, liveRoom, openWorld, person, type World } from './world'

const carol = person('openid-carol')

let world: World
let roomId: string
let anchorStream: string
beforeEach(async () => {
  world = await openWorld()
  const live = await liveRoom(world)
  roomId = live.roomId
  anchorStream = live.stream
})
afterEach(async () => {
  const room = await world.room(roomId)
  await world.close()
  expectSoundStage(room)
})

/** The anchor lives all the while; a minute is what lies between two sweeps. */
const sweepAfter = async (ms: number) => {
  world.clock.now += ms
  await world.actions.beat(anna, { roomId, epoch: 1, version: 0 })
  return world.sweep()
}

/** A minute later: Bob beats, and the sweeper comes. */
const beatAndSweep = async (seat: number) => {
  world.clock.now += 60_000
  await world.actions['seat.beat'](bob, { roomId, seat, epoch: 1, version: 0 }).catch(() => null)
  return sweepAfter(0)
}

it('a seat whose holder never came is free with the first sweep after the hold', async () => {
  const { link } = await ask(world, roomId)
  await world.actions['link.accept'](anna, { roomId, linkId: link.linkId })
  await sweepAfter(SEAT_HOLD_MS - 1)
  expect(await seatDoc(world, roomId)).not.toBeNull()
  await sweepAfter(1)
  expect(await seatDoc(world, roomId)).toBeNull()
  expect(await world.room(roomId)).toMatchObject({ onStage: [], stageAt: NEVER })
})

it('promise 5: a linker who dies frees his seat within lease and one sweep, and his URL is dead', async () => {
  const { stream } = await goOnStage(world, roomId)
  world.online.delete(stream)
  world.forbidden.length = 0
  await sweepAfter(LEASE_MS - 1)
  expect(await seatDoc(world, roomId)).not.toBeNull()
  await sweepAfter(1)
  expect(await seatDoc(world, roomId)).toBeNull()
  expect(world.forbidden).toEqual([stream])
  expect(world.notices.at(-1)).toMatchObject({ message: { room: { seats: [{ user: null }, {}, {}] } } })
})

it('M50: who beats, and whose stream is on though he does not, stays', async () => {
  const { stream, seat } = await goOnStage(world, roomId)
  await sweepAfter(LEASE_MS)
  expect(await seatDoc(world, roomId)).toMatchObject({ state: 'on', until: world.clock.now + LEASE_MS })
  for (let i = 0; i < 12; i++) {
    await beatAndSweep(seat)
    if (i % 4 === 3) world.online.add(stream)
    else if (i % 4 === 0) world.online.delete(stream) // missed once or twice, and found again
  }
  expect(await seatDoc(world, roomId)).toMatchObject({ state: 'on' })
})

it('whose end nobody told of loses the seat though he beats: three looks without the stream, then the grace', async () => {
  const { stream, seat } = await goOnStage(world, roomId)
  world.online.delete(stream)
  const states: string[] = []
  for (let i = 0; i < 20; i++) {
    await beatAndSweep(seat)
    states.push((await seatDoc(world, roomId))?.state ?? 'free')
  }
  expect([...new Set(states)]).toEqual(['on', 'held', 'free'])
  expect(states.filter((state) => state === 'on').length).toBeGreaterThanOrEqual(3)
  expect(world.forbidden).toContain(stream)
})

it('a stream that is pushed again while the sweeper counts starts anew', async () => {
  const { stream, seat } = await goOnStage(world, roomId)
  world.online.delete(stream)
  for (let i = 0; i < 30; i++) {
    await beatAndSweep(seat)
    if ((await seatDoc(world, roomId))?.strikes === 2) await world.begin(stream, `again-${i}`)
  }
  expect(await seatDoc(world, roomId)).toMatchObject({ state: 'on' })
})

it('while the streaming cloud does not say what is on, nobody is thrown off', async () => {
  const { stream } = await goOnStage(world, roomId)
  world.down.add('online')
  await sweepAfter(LEASE_MS)
  await sweepAfter(60_000)
  expect(await seatDoc(world, roomId)).not.toBeNull()
  world.down.clear()
  world.online.delete(stream)
  await sweepAfter(60_000)
  expect(await seatDoc(world, roomId)).toBeNull()
})

it('a picture of which nobody told is found: held -> on', async () => {
  const { stream } = await takeSeat(world, roomId)
  world.online.add(stream)
  await sweepAfter(SEAT_HOLD_MS)
  expect(await seatDoc(world, roomId)).toMatchObject({ state: 'on', until: world.clock.now + LEASE_MS })
})

it('a picture that is gone may come back within the grace, not later', async () => {
  const { stream } = await goOnStage(world, roomId)
  world.online.delete(stream)
  await world.end(stream, `q-${bob.userId}`)
  await sweepAfter(GRACE_MS - 1)
  expect(await seatDoc(world, roomId)).toMatchObject({ state: 'held' })
  await sweepAfter(1)
  expect(await seatDoc(world, roomId)).toBeNull()
  await world.begin(stream, 'q2')
  expect(world.forbidden.filter((each) => each === stream).length).toBeGreaterThanOrEqual(2)
})

it('a beat that comes in while the sweeper looks wins', async () => {
  const { stream, seat } = await goOnStage(world, roomId)
  world.online.delete(stream)
  world.clock.now += LEASE_MS
  const online = world.vendors.streaming.online
  world.vendors.streaming.online = async () => {
    await world.actions['seat.beat'](bob, { roomId, seat, epoch: 1, version: 0 })
    return online()
  }
  await sweepAfter(0)
  expect(await seatDoc(world, roomId)).toMatchObject({ until: world.clock.now + LEASE_MS })
})

it('a question that nobody answered is gone, and whoever asked is told', async () => {
  const { link } = await ask(world, roomId)
  const invited = (await world.actions['link.invite'](anna, { roomId, userId: carol.userId })).link
  world.told.length = 0
  await sweepAfter(LINK_WAIT_MS)
  expect(await world.room(roomId)).toMatchObject({ links: {}, linksUsed: 0, stageAt: NEVER })
  const answer = { type: 'link-answer', roomId, answer: 'expired' }
  expect(toldTo(world, bob)).toEqual([{ ...answer, linkId: link.linkId }])
  expect(toldTo(world, anna)).toEqual([{ ...answer, linkId: invited.linkId }])
  await sweepAfter(60_000)
  expect(world.told).toHaveLength(2)
})

it('two sweeps at once change everything once', async () => {
  await ask(world, roomId, carol)
  const { stream } = await takeSeat(world, roomId)
  world.told.length = 0
  const { version } = await world.room(roomId)
  world.clock.now += LEASE_MS
  await world.actions.beat(anna, { roomId, epoch: 1, version: 0 })
  world.online.add(anchorStream)
  await Promise.all([world.sweep(), world.sweep(), world.sweep()])
  expect(await world.room(roomId)).toMatchObject({ onStage: [], linksUsed: 0, version: version + 1 })
  expect(world.told).toHaveLength(1)
  expect(new Set(world.forbidden)).toEqual(new Set([stream]))
})

it('a stage on which nothing is due costs a sweep nothing', async () => {
  await goOnStage(world, roomId)
  await sweepAfter(0) // the look that follows every change
  const look = jest.spyOn(world.store, 'room')
  const plan = jest.spyOn(world.store, 'planStage')
  await world.sweep()
  expect(look).not.toHaveBeenCalled()
  expect(plan).not.toHaveBeenCalled()
})

it('more stages than one batch holds are looked at in one sweep', async () => {
  const { rooms } = openCollections('test')
  const { _id, ...room } = await world.room(roomId)
  const due = Array.from({ length: 250 }, (_, i) => ({ ...room, _id: `${_id}${i}`, stageAt: world.clock.now + i }))
  await Promise.all(due.map((each) => rooms.add(each)))
  await sweepAfter(1000)
  const left = world.docs('rooms').filter((each) => (each as RoomDoc).stageAt <= world.clock.now)
  expect(left).toEqual([])
}, 60_000)

it('one room that cannot be swept stops no other', async () => {
  const other = await liveRoom(world, carol, 'show-c')
  await ask(world, roomId)
  await ask(world, other.roomId, person('openid-dave'))
  const expire = world.store.expireTicket
  jest.spyOn(world.store, 'expireTicket').mockImplementation(async (id, ...rest) => {
    if (id === roomId) throw new Error('that one is broken')
    return expire(id, ...rest)
  })
  await sweepAfter(LINK_WAIT_MS)
  expect((await world.room(other.roomId)).links).toEqual({})
  expect(world.log.join('\n')).toContain(`sweeping ${roomId} failed`)
})
