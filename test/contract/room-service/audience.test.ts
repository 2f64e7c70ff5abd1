import { LIMITS } from '../../../miniprogram/protocol/limits'
import { anna, bob, GRACE_MS, liveRoom, openWorld, person, refusal, VIEWER_LEASE_MS, type World } from './world'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const crowd = (n: number) => Array.from({ length: n }, (_, i) => person(`viewer-${i}`))

describe('enter and leave', () => {
  it('answers everything for the first frame in one call', async () => {
    await world.actions.profile(bob, { name: 'Bob' })
    const { roomId, stream } = await liveRoom(world)
    const answer = await world.actions.enter(bob, { roomId })
    expect(answer).toMatchObject({
      room: { roomId, state: 'live', version: 2 },
      counts: { viewers: 1, totalViewers: 1, peakViewers: 1, likes: 0 },
      chat: { kind: 'local', userId: bob.userId },
      me: { userId: bob.userId, name: 'Bob' },
      settings: { heartbeatMs: 60_000, pollMs: 60_000 },
    })
    expect(answer.play.flv).toMatch(new RegExp(`^http://play\\.test/live/${stream}\\.flv\\?txSecret=`))
    expect(answer.play.hls).toMatch(new RegExp(`^http://play\\.test/live/${stream}\\.m3u8\\?txSecret=`))
  })

  it('M8: gives viewers no signature that would let them push', async () => {
    const { roomId, created } = await liveRoom(world)
    const pushSecret = new URL(created.push.url).searchParams.get('txSecret') ?? ''
    expect(pushSecret).toHaveLength(32)
    const seen = JSON.stringify([
      await world.actions.enter(bob, { roomId }),
      await world.actions.sync(bob, { roomId, version: 0 }),
      await world.actions.list(bob, {}),
      world.notices,
    ])
    expect(seen).not.toContain(pushSecret)
    expect(seen).not.toContain('rtmp://')
  })

  it('M45: counts people, not entries: 50 entries of one person at once are one viewer', async () => {
    const { roomId } = await liveRoom(world)
    await Promise.all(Array.from({ length: 50 }, () => world.actions.enter(bob, { roomId })))
    expect(await world.room(roomId)).toMatchObject({ viewers: 1, totalViewers: 1 })
    const left = await Promise.all(Array.from({ length: 10 }, () => world.actions.leave(bob, { roomId })))
    expect(left.filter((l) => l.left)).toHaveLength(1)
    await world.actions.enter(bob, { roomId })
    expect(await world.room(roomId)).toMatchObject({ viewers: 1, totalViewers: 1, peakViewers: 1 })
  })

  it('M45: never counts below nobody, whatever is left twice or was never entered', async () => {
    const { roomId } = await liveRoom(world)
    await world.actions.leave(bob, { roomId })
    await world.actions.enter(bob, { roomId })
    await world.actions.leave(bob, { roomId })
    await world.actions.leave(bob, { roomId })
    expect((await world.room(roomId)).viewers).toBe(0)
    expect(await world.actions.leave(bob, { roomId: 'r000000000000000000000000' })).toEqual({ left: false })
  })

  it('keeps the peak while 60 people come and 30 go', async () => {
    const { roomId } = await liveRoom(world)
    const people = crowd(60)
    await Promise.all(people.map((p) => world.actions.enter(p, { roomId })))
    await Promise.all(people.slice(0, 30).map((p) => world.actions.leave(p, { roomId })))
    expect(await world.room(roomId)).toMatchObject({ viewers: 30, totalViewers: 60, peakViewers: 60 })
  })

  it('lets the anchor watch his own show', async () => {
    const { roomId } = await liveRoom(world)
    await expect(world.actions.enter(anna, { roomId })).resolves.toMatchObject({ counts: { viewers: 1 } })
  })

  it('counts nobody into a room that closes while he enters', async () => {
    const { roomId } = await liveRoom(world)
    const join = world.store.join
    world.store.join = async (...args) => {
      await world.actions.close(anna, { roomId })
      return join(...args)
    }
    expect((await refusal(world.actions.enter(bob, { roomId }))).code).toBe('room-closed')
    expect(await world.room(roomId)).toMatchObject({ viewers: 0, totalViewers: 0 })
    expect(world.docs('members')).toEqual([])
  })
})

describe('sync', () => {
  it('sends the structure only to whoever has an old one, and the play URLs of the stream of now', async () => {
    const { roomId } = await liveRoom(world)
    await world.actions.enter(bob, { roomId })
    expect((await world.actions.sync(bob, { roomId, version: 2 })).room).toBeNull()
    await world.actions.resume(anna, { roomId })
    const { room, play } = await world.actions.sync(bob, { roomId, version: 2 })
    expect(room).toMatchObject({ version: 3, epoch: 2, closesInMs: GRACE_MS })
    expect(play.flv).toContain((await world.room(roomId)).stream)
  })

  it('M46: forgets a viewer who is not heard of, and takes him back when he is', async () => {
    const { roomId } = await liveRoom(world)
    await world.actions.enter(bob, { roomId })
    world.clock.now += VIEWER_LEASE_MS + 1
    await world.actions.beat(anna, { roomId, epoch: 1, version: 0 })
    await world.sweep()
    expect((await world.room(roomId)).viewers).toBe(0)
    await world.sweep()
    expect((await world.room(roomId)).viewers).toBe(0)
    const { counts } = await world.actions.sync(bob, { roomId, version: 2 })
    expect(counts).toMatchObject({ viewers: 1, totalViewers: 1 })
  })

  it('lets a late sync win against the sweeper that already holds the old document', async () => {
    const { roomId } = await liveRoom(world)
    await world.actions.enter(bob, { roomId })
    world.clock.now += VIEWER_LEASE_MS + 1
    const cut = world.clock.now - VIEWER_LEASE_MS
    const [stale] = await world.store.staleMembers(cut, 0, 10)
    await world.actions.sync(bob, { roomId, version: 2 })
    expect(stale).toMatchObject({ userId: bob.userId })
    expect(stale && (await world.store.expire(stale, cut))).toBe(false)
    expect((await world.room(roomId)).viewers).toBe(1)
  })
})

it('M44: forgets members of rooms that are gone, whatever crash left them behind', async () => {
  const { roomId } = await liveRoom(world)
  await world.actions.enter(bob, { roomId })
  await world.store.join('r000000000000000000000000', bob.userId, world.clock.now)
  await world.actions.close(anna, { roomId })
  world.clock.now += 10_000
  await world.sweep()
  await world.store.join(roomId, bob.userId, world.clock.now) // an entry that was under way all the time
  world.clock.now += VIEWER_LEASE_MS + 1
  await world.sweep()
  expect(world.docs('members')).toEqual([])
})

describe('crashes between two writes', () => {
  const healed = async (roomId: string) => {
    for (let i = 0; i < 3; i++) {
      world.clock.now += 2_000
      await world.sweep()
    }
    return world.room(roomId)
  }

  it('of an entry: the viewer who was never counted is counted', async () => {
    const { roomId } = await liveRoom(world)
    await healed(roomId)
    world.store.addViewer = () => Promise.reject(new Error('the function died'))
    await expect(world.actions.enter(bob, { roomId })).rejects.toThrow('died')
    expect(await healed(roomId)).toMatchObject({ viewers: 1, peakViewers: 1, headroom: 0, unsettled: false })
  })

  it('of a leave: the viewer who went is not counted any more', async () => {
    const { roomId } = await liveRoom(world)
    await world.actions.enter(bob, { roomId })
    await healed(roomId)
    world.store.dropViewer = () => Promise.reject(new Error('the function died'))
    await expect(world.actions.leave(bob, { roomId })).rejects.toThrow('died')
    expect(await healed(roomId)).toMatchObject({ viewers: 0, peakViewers: 1, headroom: 1, unsettled: false })
  })

  it('nobody comes or goes unless the sweeper has been told to look', async () => {
    const { roomId } = await liveRoom(world)
    await world.actions.enter(bob, { roomId })
    await healed(roomId)
    const changes = (['leave', 'join'] as const).map((name) => jest.spyOn(world.store, name))
    world.store.unsettle = () => Promise.reject(new Error('refused'))
    await expect(world.actions.leave(bob, { roomId })).rejects.toThrow('refused')
    await expect(world.actions.enter(person('openid-carol'), { roomId })).rejects.toThrow('refused')
    for (const change of changes) expect(change).not.toHaveBeenCalled()
  })

  it('of a first entry: who goes and comes again is one of all viewers', async () => {
    const { roomId } = await liveRoom(world)
    const { addViewer } = world.store
    world.store.addViewer = () => Promise.reject(new Error('the function died'))
    await expect(world.actions.enter(bob, { roomId })).rejects.toThrow('died')
    world.store.addViewer = addViewer
    await world.actions.leave(bob, { roomId })
    await world.actions.enter(bob, { roomId })
    expect(await healed(roomId)).toMatchObject({ viewers: 1, peakViewers: 1, totalViewers: 1, unsettled: false })
  })
})

it('M45: property: whoever comes and goes at once, the peak is the most that were there', async () => {
  const { roomId } = await liveRoom(world)
  const people = crowd(20)
  for (const round of [20, 5, 12]) {
    const { viewers } = await world.room(roomId)
    await Promise.all([
      ...people.slice(0, round).map((p) => world.actions.enter(p, { roomId })),
      ...people.slice(round).map((p) => world.actions.leave(p, { roomId })),
    ])
    const room = await world.room(roomId)
    expect(room.viewers).toBe(round)
    expect(room.headroom).toBe(room.peakViewers - room.viewers)
    expect(room.peakViewers).toBeGreaterThanOrEqual(Math.max(viewers, round))
    expect(room.peakViewers).toBeLessThanOrEqual(20)
  }
})

describe('like', () => {
  it('adds up exactly what 40 people send at once', async () => {
    const { roomId } = await liveRoom(world)
    await Promise.all(crowd(40).map((p, i) => world.actions.like(p, { roomId, count: i + 1 })))
    expect((await world.room(roomId)).likes).toBe(820)
  })

  it('M24: limits one person to two calls a second', async () => {
    const { roomId } = await liveRoom(world)
    await world.actions.like(bob, { roomId, count: LIMITS.likesPerCall })
    const { code, details } = await refusal(world.actions.like(bob, { roomId, count: 1 }))
    expect(code).toBe('rate-limited')
    expect(details.retryInMs).toBe(500)
    world.clock.now += 500
    await expect(world.actions.like(bob, { roomId, count: 1 })).resolves.toMatchObject({ counts: { likes: 51 } })
  })
})

describe('counts notices', () => {
  const announced = () => world.notices.filter(({ message }) => message.type === 'counts')

  it('are sent once a second at most, and the last change is announced by the sweeper', async () => {
    const { roomId } = await liveRoom(world)
    for (const p of crowd(5)) await world.actions.enter(p, { roomId })
    await world.sweep() // within the same second: not its turn yet, and not forgotten
    expect(announced()).toHaveLength(1)
    world.clock.now += 1_000
    await world.sweep()
    expect(announced().at(-1)).toMatchObject({ roomId, message: { counts: { viewers: 5 } } })
    expect(announced()).toHaveLength(2)
    world.clock.now += 5_000
    await world.sweep()
    expect(announced()).toHaveLength(2)
  })

  it('fail nothing when the chat service is down', async () => {
    const { roomId } = await liveRoom(world)
    world.down.add('notify')
    await expect(world.actions.enter(bob, { roomId })).resolves.toMatchObject({ counts: { viewers: 1 } })
    await expect(world.actions.like(bob, { roomId, count: 3 })).resolves.toMatchObject({ counts: { likes: 3 } })
    expect(world.log.join()).toContain('was not sent')
  })

  it('come with counts that the sweeper has set right after a crash between two writes', async () => {
    const { roomId } = await liveRoom(world)
    await world.actions.enter(bob, { roomId })
    for (let i = 0; i < 2; i++) {
      // The member this belongs to was never written.
      await world.store.addViewer(await world.room(roomId), false, world.clock.now, 1_000)
    }
    for (let i = 0; i < 3; i++) {
      world.clock.now += 2_000
      await world.sweep()
    }
    expect(await world.room(roomId)).toMatchObject({ viewers: 1, unsettled: false })
    expect(announced().at(-1)).toMatchObject({ message: { counts: { viewers: 1 } } })
  })
})
