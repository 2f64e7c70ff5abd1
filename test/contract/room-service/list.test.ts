import { listKeyOf } from '../../../cloudfunctions/core/list'
import { anna, bob, liveRoom, openWorld, person, refusal, type World } from './world'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

/** Opens `n` rooms, one second apart, and answers their ids, newest first. */
async function openRooms(n: number): Promise<string[]> {
  const ids: string[] = []
  for (let i = 0; i < n; i++) {
    ids.unshift((await liveRoom(world, person(`anchor-${i}`))).roomId)
    world.clock.now += 1_000
  }
  return ids
}
const idsOf = (page: { rooms: { room: { roomId: string } }[] }) => page.rooms.map(({ room }) => room.roomId)

it('shows rooms that have had a picture, newest first, interrupted ones included', async () => {
  const ids = await openRooms(3)
  await world.actions.create(anna, { title: 'no picture yet', cover: 'coral', requestId: 'x' })
  const { stream } = await world.room(ids[1] ?? '')
  await world.end(stream, 's1')
  const page = await world.actions.list(bob, {})
  expect(idsOf(page)).toEqual(ids)
  expect(page.rooms[1]).toMatchObject({ room: { state: 'interrupted', title: 'A show' }, counts: { viewers: 0 } })
  expect(page.nextCursor).toBeNull()
})

it('M53: pages on without a gap or a repeat while rooms come and go', async () => {
  const ids = await openRooms(9)
  const first = await world.actions.list(bob, { limit: 3 })
  expect(idsOf(first)).toEqual(ids.slice(0, 3))
  await liveRoom(world, person('newcomer'))
  await world.actions.close(person('anchor-8'), { roomId: ids[0] ?? '' })
  await world.actions.close(person('anchor-6'), { roomId: ids[2] ?? '' })
  const second = await world.actions.list(bob, { limit: 3, cursor: first.nextCursor ?? '' })
  expect(idsOf(second)).toEqual(ids.slice(3, 6))
  const third = await world.actions.list(bob, { limit: 3, cursor: second.nextCursor ?? '' })
  expect(idsOf(third)).toEqual(ids.slice(6, 9))
  expect(third.nextCursor).toBeNull()
})

it('tells rooms apart that began in the same millisecond', async () => {
  const all = await Promise.all(Array.from({ length: 7 }, (_, i) => liveRoom(world, person(`anchor-${i}`))))
  const seen: string[] = []
  let cursor: string | undefined
  do {
    const page = await world.actions.list(bob, { limit: 2, ...(cursor ? { cursor } : {}) })
    seen.push(...idsOf(page))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect([...seen].sort()).toEqual(all.map(({ roomId }) => roomId).sort())
})

it('keeps the place of a room that is interrupted and comes back', async () => {
  const ids = await openRooms(2)
  const { stream } = await world.room(ids[1] ?? '')
  await world.end(stream, 's1')
  world.clock.now += 10_000
  await world.begin(stream, 's2')
  expect(idsOf(await world.actions.list(bob, {}))).toEqual(ids)
})

it('drops a room at once, whoever ends it', async () => {
  const { roomId, stream } = await liveRoom(world)
  await world.end(stream, 's1')
  world.online.delete(stream)
  world.clock.now += 60_000
  await world.sweep()
  expect((await world.room(roomId)).reason).toBe('grace-over')
  expect(idsOf(await world.actions.list(bob, {}))).toEqual([])
})

describe('by kind and state', () => {
  const call = (p: typeof anna, requestId: string) =>
    world.actions.create(p, { title: 'A call', cover: 'jade', requestId, kind: 'call' })

  it('shows calls from their creation on, and never among live rooms', async () => {
    const { roomId } = await liveRoom(world)
    const { room } = await call(bob, 'c')
    expect(idsOf(await world.actions.list(bob, {}))).toEqual([roomId])
    expect(idsOf(await world.actions.list(bob, { kind: 'live', state: 'live' }))).toEqual([roomId])
    expect(idsOf(await world.actions.list(bob, { kind: 'call' }))).toEqual([room.roomId])
    expect(idsOf(await world.actions.list(bob, { kind: 'call', state: 'live' }))).toEqual([room.roomId])
    await world.actions.close(bob, { roomId: room.roomId })
    expect(idsOf(await world.actions.list(bob, { kind: 'call' }))).toEqual([])
  })

  it('has nothing to show of live rooms and calls that are to come, or over', async () => {
    const { roomId } = await liveRoom(world)
    await world.actions.close(anna, { roomId })
    for (const kind of ['live', 'call'] as const) {
      for (const state of ['upcoming', 'ended'] as const) {
        expect(await world.actions.list(bob, { kind, state })).toEqual({ rooms: [], nextCursor: null })
      }
    }
  })
})

describe('by heat', () => {
  const crowd = (roomId: string, n: number) =>
    Promise.all(Array.from({ length: n }, (_, i) => world.actions.enter(person(`${roomId}-${i}`), { roomId })))
  const hottest = (cursor?: string) =>
    world.actions.list(bob, { order: 'hottest', limit: 2, ...(cursor ? { cursor } : {}) })

  it('puts first where most people are, once a sweep has seen them', async () => {
    const [c = '', b = '', a = ''] = await openRooms(3)
    await crowd(b, 8)
    await crowd(a, 3)
    world.clock.now += 2_000
    await world.sweep()
    const first = await hottest()
    expect(idsOf(first)).toEqual([b, a])
    expect(idsOf(await hottest(first.nextCursor ?? ''))).toEqual([c])
  })

  it('moves nobody for a few people more or less, and writes nothing then', async () => {
    const [, roomId = ''] = await openRooms(2)
    await crowd(roomId, 20)
    world.clock.now += 2_000
    await world.sweep()
    const { hotKey } = await world.room(roomId)
    await world.actions.leave(person(`${roomId}-0`), { roomId })
    world.clock.now += 2_000
    await world.sweep()
    expect((await world.room(roomId)).hotKey).toBe(hotKey)
  })

  it('lets a room fall when its people have gone, and a new one rise above an old one of its size', async () => {
    const { roomId: old } = await liveRoom(world, person('old'))
    await crowd(old, 8)
    world.clock.now += 2_000
    await world.sweep()
    for (let i = 0; i < 8; i++) await world.actions.leave(person(`${old}-${i}`), { roomId: old })
    const { roomId: young } = await liveRoom(world, person('young'))
    await crowd(young, 2)
    world.clock.now += 2_000
    await world.sweep()
    expect(idsOf(await hottest())).toEqual([young, old])
  })
})

it('M54: gives 20 rooms unless told, whatever was asked for the page before', async () => {
  const ids = await openRooms(22)
  const page = await world.actions.list(bob, {})
  expect(idsOf(page)).toEqual(ids.slice(0, 20))
  const rest = await world.actions.list(bob, { cursor: page.nextCursor ?? '', limit: 50 })
  expect(idsOf(rest)).toEqual(ids.slice(20))
})

it('refuses a cursor of another list', async () => {
  await openRooms(2)
  const { nextCursor } = await world.actions.list(bob, { limit: 1 })
  const cursor = nextCursor ?? ''
  for (const other of [{ order: 'hottest' }, { kind: 'call' }, { state: 'live' }] as const) {
    expect((await refusal(world.actions.list(bob, { ...other, cursor }))).code).toBe('bad-input')
  }
})

it('refuses a cursor that is none of its own', async () => {
  const forged = Buffer.from(JSON.stringify({ $gt: '' })).toString('base64url')
  for (const cursor of ['x', forged, '']) {
    expect((await refusal(world.actions.list(bob, { cursor }))).code).toBe('bad-input')
  }
})

it('does not get slower with the number of rooms, and neither do beat, enter and the sweep', async () => {
  const { roomId, stream } = await liveRoom(world)
  world.clock.now += 2_000
  await world.sweep()
  const model = await world.room(roomId)
  const others = Array.from({ length: 2_000 }, (_, i) => {
    const _id = `r${String(i).padStart(24, '0')}`
    const startedAt = world.clock.now - i
    const open = i % 2 === 0
    return {
      ...model,
      _id,
      anchorId: `someone-${i}`,
      stream: `${_id}_1_x`,
      startedAt,
      state: open ? 'live' : 'closed',
      listed: open,
      ...(open ? { listKey: listKeyOf(startedAt, _id) } : { listKey: null }),
    }
  })
  for (let i = 0; i < others.length; i += 500) {
    await world.database.run('database.insertDocument', {
      collectionName: 'rooms',
      data: others.slice(i, i + 500).map((doc) => JSON.stringify(doc)),
    })
  }
  const cost = async (work: () => Promise<unknown>): Promise<number> => {
    const before = world.database.examined
    await work()
    return world.database.examined - before
  }
  expect(await cost(() => world.actions.list(bob, { limit: 20 }))).toBeLessThan(100)
  expect(await cost(() => world.actions.beat(anna, { roomId, epoch: 1, version: 0 }))).toBeLessThan(10)
  expect(await cost(() => world.actions.enter(bob, { roomId }))).toBeLessThan(30)
  expect(await cost(() => world.end(stream, 's1'))).toBeLessThan(10)
  world.clock.now += 2_000
  expect(await cost(() => world.sweep())).toBeLessThan(100)
})
