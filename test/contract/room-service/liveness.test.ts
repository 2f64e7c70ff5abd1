import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { anna, bob, GRACE_MS, IDLE_MS, LEASE_MS, liveRoom, openWorld, person, refusal, type World } from './world'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const idleRoom = async () => {
  const { room } = await world.actions.create(anna, { title: 'A show', cover: 'jade', requestId: 'r1' })
  return { roomId: room.roomId, stream: (await world.room(room.roomId)).stream }
}
const structure = () => world.notices.filter(({ message }) => message.type === 'room')

describe('callbacks of the streaming cloud', () => {
  it('make the room live at the first picture, and everybody hears it', async () => {
    const { roomId, stream } = await idleRoom()
    world.clock.now += 3_000
    await world.begin(stream, 's1')
    expect(await world.room(roomId)).toMatchObject({
      state: 'live',
      reason: null,
      version: 2,
      startedAt: world.clock.now,
      closesAt: 0,
    })
    expect(structure()).toMatchObject([{ roomId, message: { room: { state: 'live', closesInMs: null } } }])
  })

  it('interrupt the room when the stream stops, and bring it back without a new start time', async () => {
    const { roomId, stream } = await liveRoom(world)
    const { startedAt } = await world.room(roomId)
    world.clock.now += 10_000
    await world.end(stream, 's1')
    expect(await world.room(roomId)).toMatchObject({
      state: 'interrupted',
      reason: 'stream-ended',
      closesAt: world.clock.now + GRACE_MS,
    })
    world.clock.now += 10_000
    await world.begin(stream, 's2')
    expect(await world.room(roomId)).toMatchObject({ state: 'live', reason: null, startedAt, version: 4 })
  })

  it('change nothing when they come twice', async () => {
    const { roomId, stream } = await liveRoom(world)
    await world.begin(stream, 's1')
    await world.end(stream, 's1')
    await world.begin(stream, 's1')
    await Promise.all([world.end(stream, 's1'), world.end(stream, 's1')])
    expect(await world.room(roomId)).toMatchObject({ state: 'interrupted', version: 3 })
    expect(structure()).toHaveLength(2)
  })

  it('leave the room not live when the end comes before its start', async () => {
    const { roomId, stream } = await idleRoom()
    await world.end(stream, 's1', world.clock.now + 5_000)
    await world.begin(stream, 's1')
    expect(await world.room(roomId)).toMatchObject({ state: 'idle', version: 1 })
  })

  it('leave the room not live when start and end of one push arrive in the same moment', async () => {
    for (let i = 0; i < 10; i++) {
      const { roomId, stream } = await idleRoom()
      await Promise.all([world.begin(stream, `s${i}`), world.end(stream, `s${i}`)])
      expect((await world.room(roomId)).state).not.toBe('live')
    }
  })

  it('leave the room not live when the end slips in while its start is being applied', async () => {
    const { roomId, stream } = await idleRoom()
    const begin = world.store.begin
    world.store.begin = async (...args) => {
      await world.end(stream, 's1') // nothing to interrupt yet
      return begin(...args)
    }
    await world.begin(stream, 's1')
    expect(await world.room(roomId)).toMatchObject({ state: 'interrupted', reason: 'stream-ended' })
  })

  it('bring nothing back to life when an old start is replayed', async () => {
    const { roomId, stream } = await liveRoom(world)
    world.online.clear()
    world.clock.now += LEASE_MS + 1
    await world.sweep()
    await world.begin(stream, 's1')
    expect(await world.room(roomId)).toMatchObject({ state: 'interrupted', reason: 'heartbeat-lost' })
  })

  it('bring nothing back to life when the start of a former push comes after the end of the last', async () => {
    const { roomId, stream } = await idleRoom()
    await world.begin(stream, 's2')
    await world.end(stream, 's2')
    await world.begin(stream, 's1', world.clock.now - 20_000)
    expect((await world.room(roomId)).state).toBe('interrupted')
  })

  it('keep the room live when the end of a former push comes late', async () => {
    const { roomId, stream } = await liveRoom(world)
    world.clock.now += 5_000
    await world.begin(stream, 's2')
    await world.end(stream, 's1')
    expect(await world.room(roomId)).toMatchObject({ state: 'live', sequence: 's2' })
    await world.end(stream, 's2')
    expect((await world.room(roomId)).state).toBe('interrupted')
  })

  it('do not let a late start of a former push replace the push that is on', async () => {
    const { roomId, stream } = await idleRoom()
    const earlier = world.clock.now - 20_000
    await world.begin(stream, 's2')
    await world.begin(stream, 's1', earlier)
    expect((await world.room(roomId)).sequence).toBe('s2')
    await world.end(stream, 's1', earlier + 1_000)
    expect((await world.room(roomId)).state).toBe('live')
  })

  it('are taken up again when the first delivery died half-way', async () => {
    const { roomId, stream } = await idleRoom()
    await world.store.recordEvent(`1:${stream}:s1`, world.clock.now)
    await world.begin(stream, 's1')
    expect((await world.room(roomId)).state).toBe('live')
  })

  it('forbid a stream that is pushed after the close, and one of a former epoch', async () => {
    const { roomId, stream } = await liveRoom(world)
    await world.actions.resume(anna, { roomId })
    world.forbidden.length = 0
    await world.begin(stream, 's9')
    expect(world.forbidden).toEqual([stream])
    const fresh = (await world.room(roomId)).stream
    await world.actions.close(anna, { roomId })
    world.forbidden.length = 0
    await world.begin(fresh, 's10')
    expect(world.forbidden).toEqual([fresh])
    expect((await world.room(roomId)).state).toBe('closed')
  })

  it("leave other people's streams on the same domain alone", async () => {
    await world.begin('someone-elses-stream', 's1')
    await world.end('r12_1_xx', 's1')
    expect(world.forbidden).toEqual([])
    expect(world.docs('callback_events')).toEqual([])
  })
})

describe('the sweeper', () => {
  it('closes an interrupted room after its grace, not before', async () => {
    const { roomId, stream } = await liveRoom(world)
    world.clock.now += 20_000
    await world.end(stream, 's1')
    world.online.delete(stream)
    world.clock.now += GRACE_MS - 1
    expect(await world.sweep()).toMatchObject({ closed: 0 })
    world.clock.now += 1
    expect(await world.sweep()).toMatchObject({ closed: 1 })
    expect(await world.room(roomId)).toMatchObject({ state: 'closed', reason: 'grace-over' })
    expect(world.forbidden).toEqual([stream])
    expect(world.notices.at(-1)).toMatchObject({ message: { summary: { durationMs: 20_000 + GRACE_MS } } })
    expect((await world.actions.login(anna, {})).openRoom).toBeNull()
  })

  it('M43: closes a room that never had a picture', async () => {
    const { roomId } = await idleRoom()
    world.clock.now += IDLE_MS
    await world.sweep()
    expect(await world.room(roomId)).toMatchObject({ state: 'closed', reason: 'never-started' })
    expect((await refusal(world.actions.enter(bob, { roomId }))).details.summary).toMatchObject({ durationMs: 0 })
  })

  it('M50: interrupts a live room when three beats are missing and the stream is off', async () => {
    const { roomId, stream } = await liveRoom(world)
    world.online.delete(stream)
    world.clock.now += LEASE_MS
    expect(await world.sweep()).toMatchObject({ interrupted: 0 })
    world.clock.now += 1
    expect(await world.sweep()).toMatchObject({ interrupted: 1 })
    expect(await world.room(roomId)).toMatchObject({ state: 'interrupted', reason: 'heartbeat-lost' })
  })

  it('M50: buries a room that beats and list have missed three times, within the lease and one sweep', async () => {
    const { roomId, stream } = await liveRoom(world)
    world.online.delete(stream) // the phone died at once, and no callback came
    const diedAt = world.clock.now
    const states: string[] = []
    while (world.clock.now < diedAt + LEASE_MS + 60_000) {
      world.clock.now += 60_000
      await world.sweep()
      states.push((await world.room(roomId)).state)
    }
    expect(states).toEqual(['live', 'live', 'live', 'closed'])
    expect(await world.room(roomId)).toMatchObject({ reason: 'heartbeat-lost' })
    expect(world.forbidden).toContain(stream)
    expect((await world.actions.login(anna, {})).openRoom).toBeNull()
  })

  it('writes nothing about rooms that beat and are on', async () => {
    const { roomId } = await liveRoom(world)
    world.clock.now += 2000
    await world.sweep() // its place by heat, once
    for (let i = 0; i < 6; i++) {
      world.clock.now += 50_000
      await world.actions.beat(anna, { roomId, epoch: 1, version: 2 })
      world.clock.now += 10_000
      const before = await world.room(roomId)
      await world.sweep()
      expect(await world.room(roomId)).toEqual(before)
    }
  })

  it('counts misses in a row only: one look that finds the stream, or one beat, begins anew', async () => {
    const { roomId, stream } = await liveRoom(world)
    const sweepAfter = async (ms: number, on: boolean) => {
      world.clock.now += ms
      if (on) world.online.add(stream)
      else world.online.delete(stream)
      await world.sweep()
      return (await world.room(roomId)).strikes
    }
    expect(await sweepAfter(61_000, false)).toBe(1)
    expect(await sweepAfter(30_000, false)).toBe(2)
    await sweepAfter(30_000, true)
    expect(await sweepAfter(61_000, false)).toBe(1)
    await world.actions.beat(anna, { roomId, epoch: 1, version: 2 })
    expect(await sweepAfter(61_000, false)).toBe(1)
    expect((await world.room(roomId)).state).toBe('live')
  })

  it('M48: counts no miss, and buries nobody, while the list is not to be had', async () => {
    const { roomId, stream } = await liveRoom(world)
    world.online.delete(stream)
    world.down.add('online')
    for (let i = 0; i < 10; i++) {
      world.clock.now += LEASE_MS
      await world.sweep()
    }
    expect(await world.room(roomId)).toMatchObject({ state: 'live', strikes: 0 })
  })

  it('does not call the grace of a lost room over while the list is not to be had', async () => {
    const { roomId, stream } = await liveRoom(world)
    world.online.delete(stream)
    world.clock.now += LEASE_MS + 1
    await world.sweep()
    expect(await world.room(roomId)).toMatchObject({ state: 'interrupted', reason: 'heartbeat-lost', strikes: 1 })
    world.down.add('online')
    world.clock.now += GRACE_MS * 5
    await world.sweep()
    expect((await world.room(roomId)).state).toBe('interrupted')
    world.down.clear()
    for (let i = 0; i < 2; i++) await world.sweep()
    expect(await world.room(roomId)).toMatchObject({ state: 'closed', strikes: 3 })
  })

  it('closes a room whose anchor beats but does not push, when the grace is over', async () => {
    const { roomId, stream } = await liveRoom(world)
    world.online.delete(stream)
    world.clock.now += LEASE_MS + 1
    await world.sweep()
    world.clock.now += GRACE_MS + 1
    await world.actions.beat(anna, { roomId, epoch: 1, version: 2 })
    await world.sweep()
    expect(await world.room(roomId)).toMatchObject({ state: 'closed', reason: 'grace-over' })
  })

  it('lets a late beat win against the sweep that is about to bury the room', async () => {
    const { roomId, stream } = await liveRoom(world)
    world.online.delete(stream)
    for (let i = 0; i < 3; i++) {
      world.clock.now += 60_000
      await world.sweep()
    }
    world.clock.now += 60_000
    const bury = world.store.bury
    world.store.bury = async (...args) => {
      await world.actions.beat(anna, { roomId, epoch: 1, version: 2 })
      return bury(...args)
    }
    await world.sweep()
    expect((await world.room(roomId)).state).toBe('live')
  })

  it('needs no heartbeat that is shorter than the lease', async () => {
    const hasty = await openWorld(':memory:', { config: { leaseMs: 5_000 } })
    try {
      const { roomId, stream } = await liveRoom(hasty)
      hasty.online.delete(stream)
      hasty.clock.now += 5_001
      expect(await hasty.sweep()).toMatchObject({ interrupted: 1 })
      expect((await hasty.room(roomId)).reason).toBe('heartbeat-lost')
    } finally {
      await hasty.close()
    }
  })

  it('asks for the list once a sweep, however many rooms are in doubt', async () => {
    const asked = jest.spyOn(world.vendors.streaming, 'online')
    for (let i = 0; i < 5; i++) await liveRoom(world, person(`anchor-${i}`))
    world.clock.now += LEASE_MS + 1
    await world.sweep()
    expect(asked).toHaveBeenCalledTimes(1)
  })

  it('keeps a room that OBS pushes to: no heartbeat, but the stream is on', async () => {
    const { roomId } = await liveRoom(world)
    for (let i = 0; i < 5; i++) {
      world.clock.now += LEASE_MS + 1
      await world.sweep()
    }
    expect(await world.room(roomId)).toMatchObject({ state: 'live', version: 2 })
  })

  it('M48: takes an unclear answer of the streaming cloud for "alive"', async () => {
    const { roomId } = await liveRoom(world)
    const idle = await world.actions.create(bob, { title: 'B', cover: 'coral', requestId: 'b' })
    world.down.add('online')
    world.clock.now += Math.max(LEASE_MS, IDLE_MS) + 1
    await world.sweep()
    expect((await world.room(roomId)).state).toBe('live')
    expect((await world.room(idle.room.roomId)).state).toBe('idle')
    world.down.clear()
    world.online.clear()
    await world.sweep()
    expect((await world.room(roomId)).state).toBe('interrupted')
    expect((await world.room(idle.room.roomId)).state).toBe('closed')
  })

  it('lets a late beat win against the sweeper that already holds the old room', async () => {
    const { roomId, stream } = await liveRoom(world)
    world.clock.now += LEASE_MS + 1
    const [lost] = await world.store.suspects(world.clock.now, 0, 10)
    expect(lost?._id).toBe(roomId)
    await world.actions.beat(anna, { roomId, epoch: 1, version: 2 })
    expect(await world.store.leaseEnded(roomId, stream, world.clock.now, 1)).toBeNull()
    expect((await world.room(roomId)).state).toBe('live')
  })

  it('lets a late start win against the end of the grace', async () => {
    const { roomId, stream } = await liveRoom(world)
    await world.end(stream, 's1')
    world.clock.now += GRACE_MS
    expect(await world.store.overdue('interrupted', world.clock.now, 0, 10)).toHaveLength(1)
    await world.begin(stream, 's2')
    expect(await world.store.closeOverdue(roomId, 'grace-over', world.clock.now, 1)).toBeNull()
    expect((await world.room(roomId)).state).toBe('live')
  })

  it('lets a late resume win against the end of the grace: the room has a new one', async () => {
    const { roomId, stream } = await liveRoom(world)
    await world.end(stream, 's1')
    world.clock.now += GRACE_MS
    const sweptAt = world.clock.now
    await world.actions.resume(anna, { roomId })
    expect(await world.store.closeOverdue(roomId, 'grace-over', sweptAt, 1)).toBeNull()
    expect((await world.room(roomId)).state).toBe('interrupted')
  })

  it('brings back rooms whose start was never reported though they are on', async () => {
    const { roomId, stream } = await idleRoom()
    world.online.add(stream)
    world.clock.now += IDLE_MS
    expect(await world.sweep()).toMatchObject({ revived: 1, closed: 0 })
    expect((await world.room(roomId)).state).toBe('live')
    await world.end(stream, 's7')
    expect((await world.room(roomId)).state).toBe('interrupted')
  })

  it('brings a room back that it interrupted by mistake, as soon as the stream is seen', async () => {
    const { roomId, stream } = await liveRoom(world)
    world.online.delete(stream)
    world.clock.now += LEASE_MS + 1
    await world.sweep()
    world.online.add(stream)
    await world.sweep()
    expect(await world.room(roomId)).toMatchObject({ state: 'live', reason: null })
  })

  it('does the same work once when two sweeps run side by side, and none when it runs again', async () => {
    const { roomId, stream } = await liveRoom(world)
    await world.actions.enter(bob, { roomId })
    await world.end(stream, 's1')
    world.online.clear()
    world.clock.now += GRACE_MS
    await Promise.all([world.sweep(), world.sweep()])
    const closedNotices = structure().filter(
      ({ message }) => message.type === 'room' && message.room.state === 'closed',
    )
    expect(closedNotices).toHaveLength(1)
    world.clock.now += 10_000
    await world.sweep()
    const settled = await world.room(roomId)
    await world.sweep()
    expect(await world.room(roomId)).toEqual(settled)
  })

  it('asks the streaming cloud once for all rooms, and not at all while nothing is doubtful', async () => {
    await liveRoom(world)
    world.down.add('online')
    await world.sweep()
    expect(world.log).toEqual([])
    await world.actions.create(bob, { title: 'B', cover: 'coral', requestId: 'b' })
    world.clock.now += IDLE_MS + 1
    await world.sweep()
    expect(world.log).toHaveLength(1)
  })

  it('goes on with the other rooms when one of them fails', async () => {
    const { roomId } = await idleRoom()
    const second = await world.actions.create(bob, { title: 'B', cover: 'coral', requestId: 'b' })
    world.clock.now += IDLE_MS
    const closeOverdue = world.store.closeOverdue
    world.store.closeOverdue = (id, ...rest) =>
      id === roomId ? Promise.reject(new Error('disk full')) : closeOverdue(id, ...rest)
    await world.sweep()
    expect((await world.room(second.room.roomId)).state).toBe('closed')
    expect(world.log).toEqual([`sweeping ${roomId} failed`])
  })

  it('finishes a close that died after its first write', async () => {
    const { roomId, stream } = await liveRoom(world)
    await world.store.closeByAnchor(roomId, anna.userId, world.clock.now, world.clock.now + 10_000)
    expect(world.docs('users')).toMatchObject([{ openRoom: roomId }])
    world.clock.now += 10_000
    await world.sweep()
    expect(world.docs('users')).toMatchObject([{ openRoom: '' }])
    expect(world.forbidden).toEqual([stream])
  })

  it('forgets old callback records', async () => {
    await liveRoom(world)
    expect(world.docs('callback_events')).toHaveLength(1)
    world.clock.now += 2 * 24 * 3_600_000 + 1
    await world.sweep()
    expect(world.docs('callback_events')).toEqual([])
    expect(world.docs('limits')).toEqual([])
  })
})

it('M47: goes on in mid-show over a restart of everything: rooms, counts and deadlines are on disk', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'room-service-'))
  const file = path.join(dir, 'database')
  const before = await openWorld(file)
  const { roomId, stream } = await liveRoom(before)
  await before.actions.enter(bob, { roomId })
  await before.end(stream, 's1')
  const stored = await before.room(roomId)
  await before.close()
  const after = await openWorld(file)
  try {
    expect(await after.room(roomId)).toEqual(stored)
    expect((await after.actions.list(bob, {})).rooms).toMatchObject([{ counts: { viewers: 1 } }])
    await after.begin(stream, 's2')
    expect((await after.room(roomId)).state).toBe('live')
  } finally {
    await after.close()
    rmSync(dir, { recursive: true })
  }
})
