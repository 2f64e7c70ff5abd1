import { createHash } from 'node:crypto'
import { openCollections } from '../../../cloudfunctions/adapters/store/collections'
import { config, SEAT_HOLD_MS } from '../../support/room-config'
import { crowd, expectSoundStage, goOnStage, seatDoc, takeSeat, toldTo } from './link-people'
import { anna, bob, GRACE_MS, LEASE_MS, liveRoom, openWorld, person, refusal, type World } from './world'

const carol = person('openid-carol')

let world: World
let roomId: string
beforeEach(async () => {
  world = await openWorld()
  roomId = (await liveRoom(world)).roomId
})
afterEach(async () => {
  expectSoundStage(await world.room(roomId))
  await world.close()
})

const seatView = async (seat: number) =>
  (await world.actions.sync(carol, { roomId, version: 0 })).room?.seats.find((each) => each.seat === seat)
const makeAdmin = async ({ userId }: typeof bob) => {
  const { rooms, change } = openCollections('test')
  await change(rooms, { _id: roomId }, { admins: [userId] })
}

describe('seat.take', () => {
  it('tells the holder, and only him, where to push and what to play: signed for this stream, and for a time', async () => {
    const { seat, grant, stream } = await takeSeat(world, roomId)
    expect(stream).toMatch(new RegExp(`^${roomId}_s${seat}e1_[0-9a-f]{32}$`))
    const txTime = (Math.floor(world.clock.now / 1000) + config.live.pushTtlS).toString(16).toUpperCase()
    const txSecret = createHash('md5').update(`${config.live.pushKey}${stream}${txTime}`).digest('hex')
    expect(grant).toMatchObject({
      seat,
      epoch: 1,
      push: { url: `rtmp://push.test/live/${stream}?txSecret=${txSecret}&txTime=${txTime}` },
      play: [{ userId: anna.userId, seat: 0 }],
      room: { roomId, seats: [{ user: { userId: bob.userId }, state: 'held' }, {}, {}] },
    })
    expect((await refusal(world.actions['seat.take'](carol, { roomId }))).code).toBe('not-on-stage')
  })

  it('M9: two seats, and two takes of one, never share a stream, and each holds 128 bits of chance', async () => {
    const streams = new Set<string>()
    for (const who of crowd(3)) streams.add((await takeSeat(world, roomId, who)).stream)
    world.clock.now += 1000
    for (const who of crowd(3)) {
      await world.actions['seat.take'](who, { roomId })
      streams.add((await seatDoc(world, roomId, who))?.stream ?? '')
    }
    expect(streams.size).toBe(6)
    const chances = [...streams].map((stream) => stream.split('_').at(-1))
    expect(new Set(chances).size).toBe(6)
    for (const chance of chances) expect(chance).toMatch(/^[0-9a-f]{32}$/)
  })

  it('promise 2: on a second device gives a new epoch and stream; the old one is forbidden, the first device told', async () => {
    const first = await goOnStage(world, roomId)
    world.clock.now += 1000
    const { version } = await world.room(roomId)
    const second = await world.actions['seat.take'](bob, { roomId })
    expect(second).toMatchObject({ seat: first.seat, epoch: 2, room: { version: version + 1 } })
    expect(second.push.url).not.toContain(first.stream)
    expect(world.forbidden).toEqual([first.stream])
    expect((await world.room(roomId)).forbid).toEqual([])
    expect(second.room.seats[0]).toMatchObject({ state: 'held', epoch: 2 })
    const old = { roomId, seat: first.seat, epoch: 1 }
    expect(await refusal(world.actions['seat.push'](bob, old))).toEqual({ code: 'superseded', details: { epoch: 2 } })
    expect((await refusal(world.actions['seat.beat'](bob, { ...old, version: 0 }))).code).toBe('superseded')
  })

  it('two devices at once: two epochs, one of them the last, and only its stream may be pushed', async () => {
    await takeSeat(world, roomId)
    world.clock.now += 1000
    const spend = jest.spyOn(world.store, 'spend').mockResolvedValue(0) // both calls of the same second
    const takes = await Promise.all([1, 2, 3].map(() => world.actions['seat.take'](bob, { roomId })))
    spend.mockRestore()
    expect(takes.map(({ epoch }) => epoch).sort()).toEqual([2, 3, 4])
    const doc = await seatDoc(world, roomId)
    expect(doc?.epoch).toBe(4)
    const last = takes.find(({ epoch }) => epoch === 4)
    expect(last?.push.url).toContain(doc?.stream)
    expect(new Set(world.forbidden).size).toBe(3)
    expect(world.forbidden).not.toContain(doc?.stream)
  })

  it('whoever was banned while he waited gets no URL, and the seat is free again by itself', async () => {
    const { link } = await world.actions['link.request'](bob, { roomId })
    await world.actions['link.accept'](anna, { roomId, linkId: link.linkId })
    const { sanctions } = openCollections('test')
    const { userId } = bob
    await sanctions.add({ _id: `${roomId}_${userId}`, roomId, userId, name: '', banned: true, mutedUntil: 0 })
    expect((await refusal(world.actions['seat.take'](bob, { roomId }))).code).toBe('banned')
    world.clock.now += SEAT_HOLD_MS
    await world.sweep()
    expect(await seatDoc(world, roomId)).toBeNull()
  })

  it('is held to one a second', async () => {
    await takeSeat(world, roomId)
    expect((await refusal(world.actions['seat.take'](bob, { roomId }))).code).toBe('rate-limited')
  })
})

describe('seat.push', () => {
  it('signs the same stream afresh, and refuses others, another seat and a stranger', async () => {
    const { seat, grant, stream } = await takeSeat(world, roomId)
    world.clock.now += 60_000
    const again = await world.actions['seat.push'](bob, { roomId, seat, epoch: 1 })
    expect(again.push.url).toContain(`/${stream}?`)
    expect(again.push.url).not.toBe(grant.push.url)
    expect((await refusal(world.actions['seat.push'](bob, { roomId, seat, epoch: 1 }))).code).toBe('rate-limited')
    expect((await refusal(world.actions['seat.push'](carol, { roomId, seat, epoch: 1 }))).code).toBe('not-on-stage')
    expect((await refusal(world.actions['seat.push'](bob, { roomId, seat: 2, epoch: 1 }))).code).toBe('not-on-stage')
  })

  it('counts as coming to the seat: another device gets another stream', async () => {
    const { link } = await world.actions['link.request'](bob, { roomId })
    const { seat } = await world.actions['link.accept'](anna, { roomId, linkId: link.linkId })
    const { push } = await world.actions['seat.push'](bob, { roomId, seat, epoch: 1 })
    const taken = await world.actions['seat.take'](bob, { roomId })
    expect(taken.epoch).toBe(2)
    expect(new URL(taken.push.url).pathname).not.toBe(new URL(push.url).pathname)
  })
})

describe('seat.beat', () => {
  it('renews the lease in one call of the database, and heals a client that is behind', async () => {
    const { seat } = await goOnStage(world, roomId)
    world.clock.now += 60_000
    const { version } = await world.room(roomId)
    const run = jest.spyOn(world.database, 'run')
    const beat = await world.actions['seat.beat'](bob, { roomId, seat, epoch: 1, version })
    expect(run.mock.calls.map(([action]) => action)).toEqual(['database.modifyAndReturnDoc'])
    expect(beat).toMatchObject({ room: null, play: null })
    expect(await seatDoc(world, roomId)).toMatchObject({ until: world.clock.now + LEASE_MS })
    const behind = await world.actions['seat.beat'](bob, { roomId, seat, epoch: 1, version: version - 1 })
    expect(behind).toMatchObject({ room: { version }, play: [{ userId: anna.userId, seat: 0 }] })
  })

  it('does not keep a seat that nobody pushes to', async () => {
    const { seat } = await takeSeat(world, roomId)
    const before = await seatDoc(world, roomId)
    world.clock.now += 1000
    expect((await world.actions['seat.beat'](bob, { roomId, seat, epoch: 1, version: 0 })).room).not.toBeNull()
    expect((await seatDoc(world, roomId))?.until).toBe(before?.until)
  })

  it('M65: tells whoever lost his seat so', async () => {
    const { seat } = await goOnStage(world, roomId)
    await world.actions['seat.kick'](anna, { roomId, userId: bob.userId })
    const beat = () => world.actions['seat.beat'](bob, { roomId, seat, epoch: 1, version: 0 })
    expect((await refusal(beat())).code).toBe('not-on-stage')
    await world.actions.close(anna, { roomId })
    expect((await refusal(beat())).code).toBe('room-closed')
  })
})

describe('seat.device', () => {
  it('shows everybody what the holder has turned off, and says it once', async () => {
    const { seat } = await takeSeat(world, roomId)
    const { version } = await world.room(roomId)
    const off = () => world.actions['seat.device'](bob, { roomId, micOff: true, cameraOff: false })
    expect((await off()).room.version).toBe(version + 1)
    expect((await off()).room.version).toBe(version + 1)
    expect(await seatView(seat)).toMatchObject({ micOff: true, cameraOff: false, quieted: { mic: false } })
    const stranger = world.actions['seat.device'](carol, { roomId, micOff: true, cameraOff: true })
    expect((await refusal(stranger)).code).toBe('not-on-stage')
  })
})

describe('seat.leave', () => {
  it('frees the seat, forbids the stream at once, tells everybody, and may be repeated', async () => {
    const { seat, stream } = await takeSeat(world, roomId)
    const { version } = await world.room(roomId)
    expect(await world.actions['seat.leave'](bob, { roomId })).toEqual({ left: true })
    expect(await world.actions['seat.leave'](bob, { roomId })).toEqual({ left: false })
    expect(world.forbidden).toEqual([stream])
    expect(await world.room(roomId)).toMatchObject({ onStage: [], version: version + 1, forbid: [], tidyAt: 0 })
    expect(world.notices.at(-1)).toMatchObject({ message: { type: 'room', room: { version: version + 1 } } })
    expect(await seatView(seat)).toMatchObject({ user: null, state: 'free', epoch: 1 })
    expect(await world.actions['seat.leave'](bob, { roomId: `r${'0'.repeat(24)}` })).toEqual({ left: false })
  })

  it('while the streaming cloud does not answer, the seat is free, and the stream is forbidden by the sweeper', async () => {
    const { stream } = await goOnStage(world, roomId)
    world.down.add('forbid')
    await world.actions['seat.leave'](bob, { roomId })
    expect((await world.room(roomId)).forbid).toEqual([stream])
    world.down.clear()
    world.clock.now += 30_000
    await world.sweep()
    expect(world.forbidden).toEqual([stream])
    expect((await world.room(roomId)).forbid).toEqual([])
  })

  it('two who leave in the same moment are both forbidden, whoever clears up first', async () => {
    const [one, two] = [await goOnStage(world, roomId, bob), await goOnStage(world, roomId, carol)]
    await Promise.all([world.actions['seat.leave'](bob, { roomId }), world.actions['seat.leave'](carol, { roomId })])
    await world.sweep()
    expect(new Set(world.forbidden)).toEqual(new Set([one.stream, two.stream]))
    expect(await world.room(roomId)).toMatchObject({ forbid: [], onStage: [] })
  })
})

describe('seat.kick', () => {
  it('M11, promise 4: frees the seat, and the old URL is dead, also when it is pushed to again', async () => {
    const { stream } = await goOnStage(world, roomId)
    const { room } = await world.actions['seat.kick'](anna, { roomId, userId: bob.userId })
    expect(room.seats[0]).toMatchObject({ user: null, state: 'free' })
    expect(world.forbidden).toEqual([stream])
    expect(toldTo(world, bob).at(-1)).toEqual({ type: 'seat', roomId, what: 'kicked' })
    await world.begin(stream, 'q2')
    expect(world.forbidden).toEqual([stream, stream])
    expect((await world.room(roomId)).onStage).toEqual([])
    const { version } = await world.room(roomId)
    expect((await world.actions['seat.kick'](anna, { roomId, userId: bob.userId })).room.version).toBe(version)
  })

  it('is for the anchor and admins, and never against the anchor', async () => {
    await goOnStage(world, roomId)
    const kick = (who: typeof bob, userId: string) => world.actions['seat.kick'](who, { roomId, userId })
    expect((await refusal(kick(carol, bob.userId))).code).toBe('forbidden')
    expect((await refusal(kick(bob, bob.userId))).code).toBe('forbidden')
    await makeAdmin(carol)
    expect((await refusal(kick(carol, anna.userId))).code).toBe('forbidden')
    expect((await kick(carol, bob.userId)).room.seats[0]?.user).toBeNull()
  })
})

describe('seat.quiet', () => {
  it('turns off what the holder cannot turn on again, tells him, and ends with his time on the seat', async () => {
    const { seat } = await goOnStage(world, roomId)
    await world.actions['seat.quiet'](anna, { roomId, seat, mic: true, camera: false })
    expect(toldTo(world, bob).at(-1)).toEqual({ type: 'seat', roomId, what: 'quieted' })
    await world.actions['seat.device'](bob, { roomId, micOff: false, cameraOff: true })
    expect(await seatView(seat)).toMatchObject({
      micOff: true,
      cameraOff: true,
      quieted: { mic: true, camera: false },
    })
    await world.actions['seat.quiet'](anna, { roomId, seat, mic: false, camera: false })
    expect(await seatView(seat)).toMatchObject({ micOff: false, quieted: { mic: false } })
    await world.actions['seat.quiet'](anna, { roomId, seat, mic: true, camera: true })
    await world.actions['seat.leave'](bob, { roomId })
    await takeSeat(world, roomId, carol)
    expect(await seatView(seat)).toMatchObject({ micOff: false, cameraOff: false, quieted: { mic: false } })
  })

  it('is refused to others and for seats that are not there; on a free seat nothing happens', async () => {
    const quiet = (who: typeof bob, seat: number) =>
      world.actions['seat.quiet'](who, { roomId, seat, mic: true, camera: true })
    const { version } = await world.room(roomId)
    expect((await quiet(anna, 1)).room.version).toBe(version)
    expect((await refusal(quiet(bob, 1))).code).toBe('forbidden')
    expect((await refusal(quiet(anna, 4))).code).toBe('bad-input')
  })
})

describe('seat.lock', () => {
  it('closes a seat to newcomers, once; its holder may stay', async () => {
    const lock = (seat: number, locked: boolean) => world.actions['seat.lock'](anna, { roomId, seat, locked })
    const { version } = await world.room(roomId)
    await Promise.all([lock(1, true), lock(1, true)])
    expect(await seatView(1)).toMatchObject({ locked: true, state: 'free' })
    expect((await world.room(roomId)).version).toBe(version + 1)
    const { seat } = await goOnStage(world, roomId)
    expect(seat).toBe(2)
    await lock(2, true)
    expect(await seatView(2)).toMatchObject({ locked: true, state: 'on' })
    await world.actions['seat.leave'](bob, { roomId })
    expect((await takeSeat(world, roomId, carol)).seat).toBe(3)
    await lock(1, false)
    expect((await takeSeat(world, roomId, person('openid-dave'))).seat).toBe(1)
    expect((await refusal(world.actions['seat.lock'](bob, { roomId, seat: 1, locked: true }))).code).toBe('forbidden')
    expect((await refusal(lock(8, true))).code).toBe('bad-input')
  })
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

  it('people on stage get each other and the anchor to play, and nobody who is not pushing', async () => {
    const { seat } = await goOnStage(world, roomId)
    const other = await goOnStage(world, roomId, carol)
    await takeSeat(world, roomId, person('openid-dave'))
    const { play } = await world.actions['seat.beat'](bob, { roomId, seat, epoch: 1, version: 0 })
    expect(play?.map((each) => [each.userId, each.seat])).toEqual([
      [anna.userId, 0],
      [carol.userId, other.seat],
    ])
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
