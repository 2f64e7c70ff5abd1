import { createHash } from 'node:crypto'
import { openCollections } from '../../../cloudfunctions/adapters/store/collections'
import { config, SEAT_HOLD_MS } from '../../support/room-config'
import { carol, crowd, eachInLiveRoom, goOnStage, seatDoc, takeSeat } from './link-people'
import { anna, bob, LEASE_MS, refusal, type World } from './world'

let world: World
let roomId: string
eachInLiveRoom((opened, id) => {
  world = opened
  roomId = id
})

const seatView = async (seat: number) =>
  (await world.actions.sync(carol, { roomId, version: 0 })).room?.seats.find((each) => each.seat === seat)

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
