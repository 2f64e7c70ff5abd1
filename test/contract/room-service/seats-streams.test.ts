import { SEAT_HOLD_MS } from '../../support/room-config'
import { carol, eachInLiveRoom, goOnStage, seatDoc, takeSeat } from './link-people'
import { anna, bob, GRACE_MS, LEASE_MS, person, type World } from './world'

let world: World
let roomId: string
eachInLiveRoom((opened, id) => {
  world = opened
  roomId = id
})

describe('the stream of a seat', () => {
  it('held -> on with its first picture -> held within the grace -> on again', async () => {
    const { seat, stream } = await takeSeat(world, roomId)
    await world.begin(stream, 'q1')
    expect(await seatDoc(world, roomId)).toMatchObject({ state: 'on', until: world.clock.now + LEASE_MS })
    expect(world.notices.at(-1)).toMatchObject({ message: { room: { seats: [{ seat, state: 'on' }, {}, {}] } } })
    world.clock.now += 1000
    await world.end(stream, 'q1')
    expect(await seatDoc(world, roomId)).toMatchObject({ state: 'held', until: world.clock.now + GRACE_MS })
    world.clock.now += 1000
    await world.begin(stream, 'q2')
    expect(await seatDoc(world, roomId)).toMatchObject({ state: 'on', sequence: 'q2' })
  })

  it('repeats, late starts and the end of another push change nothing', async () => {
    const { stream } = await takeSeat(world, roomId)
    const at = world.clock.now
    await world.begin(stream, 'q2', at + 2000)
    const { version } = await world.room(roomId)
    await world.begin(stream, 'q2', at + 2000)
    await world.begin(stream, 'q1', at)
    await world.end(stream, 'q1', at + 1000)
    expect(await seatDoc(world, roomId)).toMatchObject({ state: 'on', sequence: 'q2' })
    expect((await world.room(roomId)).version).toBe(version)
  })

  it('an end that comes before its start is found by it', async () => {
    const { stream } = await takeSeat(world, roomId)
    await world.end(stream, 'q1')
    await world.begin(stream, 'q1')
    expect((await seatDoc(world, roomId))?.state).toBe('held')
    await Promise.all([world.begin(stream, 'q2'), world.end(stream, 'q2')])
    expect((await seatDoc(world, roomId))?.state).toBe('held')
  })

  it('a new push whose start comes before the end of the old one stays on', async () => {
    const { stream } = await goOnStage(world, roomId)
    world.clock.now += 1000
    await world.begin(stream, 'q-new')
    await world.end(stream, `q-${bob.userId}`)
    expect(await seatDoc(world, roomId)).toMatchObject({ state: 'on', sequence: 'q-new' })
  })

  it('a push to a seat that was left, given on, or never was, is forbidden at once', async () => {
    const { stream, seat } = await takeSeat(world, roomId)
    await world.actions['seat.leave'](bob, { roomId })
    await takeSeat(world, roomId, carol)
    world.forbidden.length = 0
    await world.begin(stream, 'q1')
    const unknown = `${roomId}_s${seat}e9_${'0'.repeat(32)}`
    await world.begin(unknown, 'q1')
    expect(world.forbidden).toEqual([stream, unknown])
    expect((await seatDoc(world, roomId, carol))?.state).toBe('held')
  })

  it('a picture on a seat leaves the room itself as it is', async () => {
    const before = await world.room(roomId)
    const { stream } = await goOnStage(world, roomId)
    await world.end(stream, `q-${bob.userId}`)
    const { state, stream: own, sequence, leaseUntil } = await world.room(roomId)
    expect({ state, stream: own, sequence, leaseUntil }).toEqual({
      state: before.state,
      stream: before.stream,
      sequence: before.sequence,
      leaseUntil: before.leaseUntil,
    })
  })

  it('people on stage get each other and the anchor to play, and who is about to push', async () => {
    const { seat } = await goOnStage(world, roomId)
    const other = await goOnStage(world, roomId, carol)
    const dave = person('openid-dave')
    const held = await takeSeat(world, roomId, dave)
    const { play } = await world.actions['seat.beat'](bob, { roomId, seat, epoch: 1, version: 0 })
    expect(play?.map((each) => [each.userId, each.seat])).toEqual([
      [anna.userId, 0],
      [carol.userId, other.seat],
      [dave.userId, held.seat],
    ])
    expect(play?.at(-1)?.url).toContain(`/${held.stream}?`)
  })
})

describe('a closed room', () => {
  it('loses its stage: seats, queue and all streams of seats, at once', async () => {
    const { stream } = await goOnStage(world, roomId)
    await world.actions['link.request'](carol, { roomId })
    const { room } = await world.actions.close(anna, { roomId })
    expect(room.seats).toEqual([])
    expect(world.forbidden).toContain(stream)
    expect(await world.room(roomId)).toMatchObject({ onStage: [], links: {}, linksUsed: 0 })
    world.clock.now += SEAT_HOLD_MS
    await world.begin(stream, 'q9')
    expect(world.forbidden.filter((each) => each === stream).length).toBeGreaterThanOrEqual(2)
  })

  it('whose function died right after closing loses it with the next sweep', async () => {
    const { stream } = await goOnStage(world, roomId)
    await world.store.closeByAnchor(roomId, anna.userId, world.clock.now, world.clock.now + 10_000)
    await world.sweep()
    expect(world.groups.has(roomId)).toBe(true)
    expect(await world.room(roomId)).toMatchObject({ onStage: [], forbid: [stream] })
    world.clock.now += 10_000
    await world.sweep()
    expect(world.forbidden).toContain(stream)
  })
})
