import { EVENT_GRACE_MS } from '../../support/room-config'
import { anna, bob, GRACE_MS, LEASE_MS, openWorld, refusal, type World } from './world'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const by = { userId: anna.userId, name: 'The house' }
const plan = (requestId = 'e1', opensAt?: number) => ({
  title: 'The keynote',
  cover: 'ocean' as const,
  requestId,
  ...(opensAt ? { opensAt } : {}),
})
const HOUR = 3_600_000
const idsOf = async (state?: 'upcoming' | 'live' | 'ended' | 'open') =>
  (await world.actions.list(bob, { kind: 'event', ...(state ? { state } : {}) })).rooms.map(({ room }) => room.roomId)
const opened = async (requestId?: string, opensAt?: number) => {
  const { room } = await world.events.open(by, plan(requestId, opensAt))
  return { roomId: room.roomId, stream: (await world.room(room.roomId)).stream }
}
const on = async (roomId: string, sequence = 's1') => {
  const { stream } = await world.room(roomId)
  world.online.add(stream)
  await world.begin(stream, sequence)
  return stream
}

it('has a page before the show, and an address for an encoder that lasts for a week', async () => {
  const opensAt = world.clock.now + 24 * HOUR
  const { room, push } = await world.events.open(by, { ...plan('e1', opensAt), notice: 'Soon', tags: ['news'] })
  expect(room).toMatchObject({ kind: 'event', state: 'idle', opensAt, seats: [], closesInMs: null, notice: 'Soon' })
  expect(room.anchor).toEqual({ userId: anna.userId, name: 'The house' })
  expect(push.expiresInMs).toBe(7 * 24 * HOUR)
  expect(push.rtmp).toContain((await world.room(room.roomId)).stream)
  expect([...world.groups]).toEqual([room.roomId])
  await expect(world.actions.enter(bob, { roomId: room.roomId })).resolves.toMatchObject({ counts: { viewers: 1 } })
})

it('is one event however often it is asked for, and an operator may have many', async () => {
  const same = await Promise.all(Array.from({ length: 10 }, () => world.events.open(by, plan('e1'))))
  expect(new Set(same.map(({ push }) => push.server + push.streamKey.split('?')[0])).size).toBe(1)
  await opened('e2')
  expect(await idsOf('upcoming')).toHaveLength(2)
  const show = await world.actions.create(anna, { title: 'My own', cover: 'jade', requestId: 'e1' })
  expect(show.room.kind).toBe('live')
})

it('waits for its show as long as it takes, and is listed before, during and after it', async () => {
  const { roomId } = await opened()
  world.clock.now += 30 * 24 * HOUR
  await world.sweep()
  expect([await idsOf('upcoming'), await idsOf('live'), await idsOf('ended')]).toEqual([[roomId], [], []])
  await on(roomId)
  expect([await idsOf('upcoming'), await idsOf('live'), await idsOf()]).toEqual([[], [roomId], [roomId]])
  await world.actions.close(anna, { roomId })
  world.clock.now += 24 * HOUR
  await world.sweep()
  expect([await idsOf(), await idsOf('ended')]).toEqual([[], [roomId]])
  expect((await world.actions.list(bob, {})).rooms).toEqual([])
})

it('lists what comes next first, and what ended last first', async () => {
  const later = await opened('later', world.clock.now + 2 * HOUR)
  const soon = await opened('soon', world.clock.now + HOUR)
  expect(await idsOf('upcoming')).toEqual([soon.roomId, later.roomId])
  for (const { roomId } of [soon, later]) {
    await on(roomId)
    await world.actions.close(anna, { roomId })
  }
  expect(await idsOf('ended')).toEqual([later.roomId, soon.roomId])
})

it('pages through events that are to come', async () => {
  const ids: string[] = []
  for (let i = 1; i <= 5; i++) ids.push((await opened(`e${i}`, world.clock.now + i * HOUR)).roomId)
  const query = { kind: 'event', state: 'upcoming', limit: 2 } as const
  const seen: string[] = []
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await world.actions.list(bob, { ...query, ...(cursor ? { cursor } : {}) })
    seen.push(...page.rooms.map(({ room }) => room.roomId))
    cursor = page.nextCursor
  }
  expect(seen).toEqual(ids)
})

it('waits long for an encoder that stopped, and ends when it does not come back', async () => {
  const { roomId } = await opened()
  const stream = await on(roomId)
  world.online.delete(stream)
  await world.end(stream, 's1')
  expect((await world.room(roomId)).closesAt).toBe(world.clock.now + EVENT_GRACE_MS)
  world.clock.now += GRACE_MS + 1
  await world.sweep()
  expect((await world.room(roomId)).state).toBe('interrupted')
  await world.begin(stream, 's2')
  expect((await world.room(roomId)).state).toBe('live')
  await world.end(stream, 's2')
  world.clock.now += EVENT_GRACE_MS
  await world.sweep()
  expect(await world.room(roomId)).toMatchObject({ state: 'closed', reason: 'grace-over' })
  expect(world.forbidden).toContain(stream)
  expect(await idsOf('ended')).toEqual([roomId])
})

it('lives without heartbeats while the encoder pushes, and has its grace when that goes unseen', async () => {
  const { roomId } = await opened()
  const stream = await on(roomId)
  for (let i = 0; i < 5; i++) {
    world.clock.now += LEASE_MS + 1
    await world.sweep()
  }
  expect((await world.room(roomId)).state).toBe('live')
  world.online.delete(stream)
  for (let i = 0; i < 4; i++) {
    world.clock.now += 60_000
    await world.sweep()
  }
  expect(await world.room(roomId)).toMatchObject({ state: 'interrupted', reason: 'heartbeat-lost' })
  world.clock.now += EVENT_GRACE_MS
  await world.sweep()
  expect((await world.room(roomId)).state).toBe('closed')
})

it('is opened again with another stream and counts of its own', async () => {
  const { roomId, stream } = await opened()
  await on(roomId)
  await world.actions.enter(bob, { roomId })
  await world.actions.close(anna, { roomId })
  const again = await world.events.reopen({ roomId })
  expect(again.room).toMatchObject({ state: 'idle', reason: null, epoch: 2, startedAt: null })
  expect(again.push.rtmp).not.toContain(stream)
  expect(world.groups.has(roomId)).toBe(true)
  expect(await idsOf('upcoming')).toEqual([roomId])
  expect((await world.actions.enter(bob, { roomId })).counts).toMatchObject({ viewers: 1, peakViewers: 1 })
  await on(roomId, 's9')
  expect((await world.room(roomId)).state).toBe('live')
  expect((await world.events.reopen({ roomId })).room.epoch).toBe(2)
})

it('changes its stream when the address has come into wrong hands', async () => {
  const { roomId, stream } = await opened()
  const renewed = await world.events.renew({ roomId })
  expect(renewed.room).toMatchObject({ state: 'idle', epoch: 2, closesInMs: null })
  expect(world.forbidden).toEqual([stream])
  expect((await world.events.push({ roomId })).push.server).toBe(renewed.push.server)
})

it('is no business of phones: nobody takes its stream over, and operators touch no other rooms', async () => {
  const { roomId } = await opened()
  expect((await refusal(world.actions.resume(anna, { roomId }))).code).toBe('forbidden')
  expect((await refusal(world.actions.resume(bob, { roomId }))).code).toBe('forbidden')
  const { room } = await world.actions.create(bob, { title: 'Mine', cover: 'jade', requestId: 'x' })
  for (const call of [world.events.push, world.events.renew, world.events.reopen]) {
    expect((await refusal(call({ roomId: room.roomId }))).code).toBe('forbidden')
    expect((await refusal(call({ roomId: 'r000000000000000000000000' }))).code).toBe('not-found')
  }
  await world.actions.close(anna, { roomId })
  for (const call of [world.events.push, world.events.renew]) {
    expect((await refusal(call({ roomId }))).code).toBe('room-closed')
  }
})

it('M30: leaves nothing when the chat group cannot be made', async () => {
  world.down.add('createGroup')
  expect((await refusal(world.events.open(by, plan()))).code).toBe('unavailable')
  expect(world.docs('rooms')).toEqual([])
})

it('is opened and closed by operators through their door, whoever they are there', async () => {
  for (const by of [anna.userId, 'desk']) {
    const operator = { by, settings: {} }
    const event = { title: 'The keynote', cover: 'ocean', host: 'The house', requestId: 'e1' } as const
    const { room, push } = await world.admin.run(operator, 'event.open', event)
    const { roomId } = room
    expect(room.anchor).toEqual({ userId: expect.stringMatching(/^u[\w-]{22}$/), name: 'The house' })
    expect((await world.admin.run(operator, 'event.push', { roomId })).push.rtmp).toBe(push.rtmp)
    await world.admin.run(operator, 'close', { roomId, reason: 'over' })
    expect(await idsOf('ended')).toContain(roomId)
    expect((await world.admin.run(operator, 'event.reopen', { roomId })).room.state).toBe('idle')
  }
  expect(world.docs('rooms')).toHaveLength(2)
})
