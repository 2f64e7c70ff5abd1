import { anna, bob, GRACE_MS, IDLE_MS, indexes, LEASE_MS, liveRoom, openWorld, refusal, type World } from './world'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const show = (requestId: string) => ({ title: 'A show', cover: 'jade' as const, requestId })

describe('create', () => {
  it('opens an idle room with a chat group, a push URL and a chat login', async () => {
    await world.actions.profile(anna, { name: 'Anna' })
    const { room, push, chat, me, counts } = await world.actions.create(anna, show('r1'))
    expect(room).toMatchObject({
      state: 'idle',
      reason: null,
      version: 1,
      epoch: 1,
      startedAt: null,
      closesInMs: IDLE_MS,
      anchor: { userId: anna.userId, name: 'Anna' },
    })
    expect(counts).toEqual({ viewers: 0, likes: 0, totalViewers: 0, peakViewers: 0, pk: null })
    expect(me).toEqual({ userId: anna.userId, name: 'Anna' })
    expect(chat).toMatchObject({ kind: 'local', userId: anna.userId })
    expect([...world.groups]).toEqual([room.roomId])
    const { stream } = await world.room(room.roomId)
    expect(push.url).toMatch(new RegExp(`^rtmp://push\\.test/live/${stream}\\?txSecret=[0-9a-f]{32}&txTime=[0-9A-F]+$`))
    expect(push.expiresInMs).toBe(86_400_000)
  })

  it('M9: names the stream with at least 96 random bits, new for every room', async () => {
    const first = await world.actions.create(anna, show('r1'))
    const second = await world.actions.create(bob, show('r1'))
    const names = await Promise.all([first, second].map(async ({ room }) => (await world.room(room.roomId)).stream))
    const random = names.map((name) => name.split('_')[2] ?? '')
    for (const hex of random) expect(hex).toMatch(/^[0-9a-f]{24,}$/)
    expect(random[0]).not.toBe(random[1])
  })

  it('gives the same room for the same request: a double tap on start, 20 times at once', async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => world.actions.create(anna, show('tap'))))
    expect(new Set(all.map(({ room }) => room.roomId)).size).toBe(1)
    expect(new Set(all.map(({ push }) => push.url.split('?')[0])).size).toBe(1)
    expect(world.groups.size).toBe(1)
  })

  it('opens one room when two requests of one anchor meet, names it to the other, and takes the other one back', async () => {
    const first = await world.actions.create(anna, show('first'))
    await world.store.releaseSlot(anna.userId, first.room.roomId)
    world.clock.now += 2_000
    const insertRoom = world.store.insertRoom
    world.store.insertRoom = async (room) => {
      // The first request claims the slot between the two writes of the second.
      await world.store.claimSlot(anna.userId, '', first.room.roomId)
      return insertRoom(room)
    }
    const { code, details } = await refusal(world.actions.create(anna, show('second')))
    expect({ code, details }).toEqual({ code: 'already-live', details: { roomId: first.room.roomId } })
    expect(world.docs('rooms')).toHaveLength(1)
    expect((await world.actions.login(anna, {})).openRoom?.room.roomId).toBe(first.room.roomId)
  })

  it('refuses a second show while one is open, and allows it after the close', async () => {
    const { room } = await world.actions.create(anna, show('one'))
    world.clock.now += 2_000
    expect(await refusal(world.actions.create(anna, show('two')))).toEqual({
      code: 'already-live',
      details: { roomId: room.roomId },
    })
    await world.actions.close(anna, { roomId: room.roomId })
    world.clock.now += 2_000
    const next = await world.actions.create(anna, show('three'))
    expect(next.room.roomId).not.toBe(room.roomId)
  })

  it('M24: limits how often a person opens rooms', async () => {
    const { room } = await world.actions.create(anna, show('one'))
    await world.actions.close(anna, { roomId: room.roomId })
    const { code, details } = await refusal(world.actions.create(anna, show('two')))
    expect(code).toBe('rate-limited')
    expect(details.retryInMs).toBe(1_000)
    world.clock.now += 1_000
    await expect(world.actions.create(anna, show('two'))).resolves.toMatchObject({ room: { state: 'idle' } })
  })

  it('M30, M39: leaves no room, no slot when the chat group cannot be made; the retry works', async () => {
    world.down.add('createGroup')
    expect((await refusal(world.actions.create(anna, show('one')))).code).toBe('unavailable')
    expect(world.docs('rooms')).toEqual([])
    expect((await world.store.user(anna.userId))?.openRoom ?? '').toBe('')
    world.down.clear()
    await expect(world.actions.create(anna, show('one'))).resolves.toMatchObject({ room: { state: 'idle' } })
  })

  it('keeps the room of a double tap though the chat service fails for one of the two', async () => {
    const { createGroup } = world.vendors.chat
    let second = () => {}
    const secondIsHere = new Promise<void>((resolve) => {
      second = resolve
    })
    let calls = 0
    world.vendors.chat.createGroup = async (roomId) => {
      if (calls++ === 0) {
        await secondIsHere
        throw new Error('busy')
      }
      await createGroup(roomId)
      second()
    }
    const both = await Promise.allSettled([1, 2].map(() => world.actions.create(anna, show('tap'))))
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect((await world.actions.login(anna, {})).openRoom).toMatchObject({ room: { state: 'idle' } })
  })

  it('does not open a closed show again when the old request is repeated', async () => {
    const { room } = await world.actions.create(anna, show('one'))
    await world.actions.close(anna, { roomId: room.roomId })
    expect((await refusal(world.actions.create(anna, show('one')))).code).toBe('room-closed')
  })

  it('takes up a slot that names a room which no longer exists', async () => {
    await world.store.claimSlot(anna.userId, '', 'r000000000000000000000000')
    await expect(world.actions.create(anna, show('one'))).resolves.toMatchObject({ room: { state: 'idle' } })
  })

  it('keeps emoji and markup as the text they are', async () => {
    const title = '<script>alert(1)</script> 🎸'
    const { room } = await world.actions.create(anna, { ...show('one'), title })
    expect(room.title).toBe(title)
    expect((await world.room(room.roomId)).title).toBe(title)
  })
})

describe('two devices of one anchor', () => {
  it('gives the room to the device that resumes: new epoch, new stream, the old stream forbidden', async () => {
    const { roomId, stream } = await liveRoom(world)
    world.clock.now += 5_000
    const taken = await world.actions.resume(anna, { roomId })
    expect(taken.room).toMatchObject({ epoch: 2, version: 3, state: 'interrupted', closesInMs: GRACE_MS })
    const fresh = (await world.room(roomId)).stream
    expect(fresh).not.toBe(stream)
    expect(taken.push.url).toContain(`/${fresh}?`)
    expect(world.forbidden).toEqual([stream])
    expect(world.notices.at(-1)).toMatchObject({ message: { type: 'room', room: { epoch: 2 } } })
  })

  it('tells the first device that it was superseded, on beat and on push', async () => {
    const { roomId } = await liveRoom(world)
    await world.actions.resume(anna, { roomId })
    expect((await refusal(world.actions.beat(anna, { roomId, epoch: 1, version: 2 }))).code).toBe('superseded')
    expect((await refusal(world.actions.push(anna, { roomId, epoch: 1 }))).code).toBe('superseded')
    await expect(world.actions.beat(anna, { roomId, epoch: 2, version: 3 })).resolves.toMatchObject({ room: null })
  })

  it('keeps one winner when ten devices resume at once: every epoch is handed out once', async () => {
    const { roomId } = await liveRoom(world)
    const all = await Promise.all(Array.from({ length: 10 }, () => world.actions.resume(anna, { roomId })))
    expect(all.map(({ room }) => room.epoch).sort((a, b) => a - b)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    const { stream } = await world.room(roomId)
    expect(world.forbidden).not.toContain(stream)
    expect(new Set(world.forbidden).size).toBe(10)
  })

  it('goes live again on the new stream, and a late end of the old one does not matter', async () => {
    const { roomId, stream } = await liveRoom(world)
    await world.actions.resume(anna, { roomId })
    const fresh = (await world.room(roomId)).stream
    await world.begin(fresh, 's2')
    await world.end(stream, 's1')
    expect((await world.room(roomId)).state).toBe('live')
  })

  it('forbids the old stream later when the streaming cloud does not answer now', async () => {
    const { roomId, stream } = await liveRoom(world)
    world.down.add('forbid')
    await world.actions.resume(anna, { roomId })
    expect(world.forbidden).toEqual([])
    world.down.clear()
    world.clock.now += 31_000
    await world.sweep()
    expect(world.forbidden).toEqual([stream])
    expect(await world.room(roomId)).toMatchObject({ forbid: [], tidyAt: 0, epoch: 2 })
  })
})

describe('push and beat', () => {
  it('signs the same stream again for the same epoch, and not too often', async () => {
    const { roomId, created } = await liveRoom(world)
    world.clock.now += 60_000
    const { push } = await world.actions.push(anna, { roomId, epoch: 1 })
    expect(push.url.split('?')[0]).toBe(created.push.url.split('?')[0])
    expect(push.url).not.toBe(created.push.url)
    expect((await refusal(world.actions.push(anna, { roomId, epoch: 1 }))).code).toBe('rate-limited')
  })

  it('M6: signs for the anchor only', async () => {
    const { roomId } = await liveRoom(world)
    for (const call of [
      () => world.actions.push(bob, { roomId, epoch: 1 }),
      () => world.actions.resume(bob, { roomId }),
      () => world.actions.beat(bob, { roomId, epoch: 1, version: 1 }),
      () => world.actions.close(bob, { roomId }),
    ]) {
      expect((await refusal(call())).code).toBe('forbidden')
    }
    expect((await world.room(roomId)).state).toBe('live')
  })

  it('renews the lease, and sends the structure only to whoever has an old one', async () => {
    const { roomId } = await liveRoom(world)
    world.clock.now += 60_000
    const { room } = await world.actions.beat(anna, { roomId, epoch: 1, version: 1 })
    expect(room).toMatchObject({ version: 2, state: 'live' })
    expect((await world.room(roomId)).leaseUntil).toBe(world.clock.now + LEASE_MS)
    expect((await world.actions.beat(anna, { roomId, epoch: 1, version: 2 })).room).toBeNull()
  })

  it('tells everybody once that the anchor’s camera is off, and forgets it with his next device', async () => {
    const { roomId } = await liveRoom(world)
    const beat = (cameraOff?: boolean, epoch = 1) =>
      world.actions.beat(anna, { roomId, epoch, version: 1, ...(cameraOff === undefined ? {} : { cameraOff }) })
    world.notices.length = 0
    expect((await beat(false)).room).toMatchObject({ version: 2, cameraOff: false })
    expect((await beat(true)).room).toMatchObject({ version: 3, cameraOff: true })
    expect(await Promise.all([beat(true), beat()])).toMatchObject([
      { room: { version: 3 } },
      { room: { cameraOff: true } },
    ])
    expect(world.notices).toMatchObject([{ message: { type: 'room', room: { version: 3, cameraOff: true } } }])
    expect((await world.actions.resume(anna, { roomId })).room).toMatchObject({ epoch: 2, cameraOff: false })
    expect((await refusal(beat(true))).code).toBe('superseded')
  })
})

describe('close', () => {
  it('ends the show: stream forbidden, list empty, everybody told with the figures', async () => {
    const { roomId, stream } = await liveRoom(world)
    await world.actions.enter(bob, { roomId })
    world.clock.now += 90_000
    const { room, summary } = await world.actions.close(anna, { roomId })
    expect(room).toMatchObject({ state: 'closed', reason: 'ended-by-anchor', closesInMs: null })
    expect(summary).toEqual({ durationMs: 90_000, totalViewers: 1, peakViewers: 1, likes: 0 })
    expect(world.forbidden).toEqual([stream])
    expect((await world.actions.list(bob, {})).rooms).toEqual([])
    expect(world.notices.at(-1)).toMatchObject({
      roomId,
      message: { type: 'room', room: { state: 'closed' }, summary },
    })
  })

  it('gives the same answer to a double tap on close, and tells nobody twice', async () => {
    const { roomId } = await liveRoom(world)
    const [first, second] = await Promise.all([
      world.actions.close(anna, { roomId }),
      world.actions.close(anna, { roomId }),
    ])
    world.clock.now += 5_000
    const third = await world.actions.close(anna, { roomId })
    expect(second).toEqual(first)
    expect(third).toEqual(first)
    expect(
      world.notices.filter(({ message }) => message.type === 'room' && message.room.state === 'closed'),
    ).toHaveLength(1)
  })

  it('refuses everything but another close in a closed room, with the closing figures', async () => {
    const { roomId } = await liveRoom(world)
    await world.actions.close(anna, { roomId })
    for (const call of [
      () => world.actions.enter(bob, { roomId }),
      () => world.actions.sync(bob, { roomId, version: 1 }),
      () => world.actions.like(bob, { roomId, count: 1 }),
      () => world.actions.beat(anna, { roomId, epoch: 1, version: 1 }),
      () => world.actions.push(anna, { roomId, epoch: 1 }),
      () => world.actions.resume(anna, { roomId }),
    ]) {
      const { code, details } = await refusal(call())
      expect(code).toBe('room-closed')
      expect(details).toMatchObject({ room: { roomId, state: 'closed' }, summary: { likes: 0 } })
    }
  })

  it('M40, M44: leaves the chat group up until everybody has heard, then clears it and the members, with retries', async () => {
    const { roomId } = await liveRoom(world)
    await world.actions.enter(bob, { roomId })
    await world.actions.close(anna, { roomId })
    await world.sweep()
    expect(world.groups.has(roomId)).toBe(true)
    world.down.add('destroyGroup')
    world.clock.now += 10_000
    await world.sweep()
    expect((await world.room(roomId)).tidyAt).toBe(world.clock.now + 30_000)
    world.down.clear()
    world.clock.now += 30_000
    await world.sweep()
    expect(world.groups.has(roomId)).toBe(false)
    expect(world.docs('members')).toEqual([])
    expect((await world.room(roomId)).tidyAt).toBe(0)
  })

  it('closes for the anchor although streaming and chat are down, and catches up later', async () => {
    const { roomId, stream } = await liveRoom(world)
    for (const part of ['forbid', 'notify', 'destroyGroup'] as const) world.down.add(part)
    await expect(world.actions.close(anna, { roomId })).resolves.toMatchObject({ room: { state: 'closed' } })
    world.down.clear()
    world.clock.now += 10_000
    await world.sweep()
    expect(world.forbidden).toEqual([stream])
    expect(world.groups.has(roomId)).toBe(false)
  })

  it('answers not-found for a room that never was', async () => {
    const roomId = 'r000000000000000000000000'
    for (const call of [
      () => world.actions.close(anna, { roomId }),
      () => world.actions.enter(anna, { roomId }),
      () => world.actions.sync(anna, { roomId, version: 0 }),
      () => world.actions.like(anna, { roomId, count: 1 }),
      () => world.actions.resume(anna, { roomId }),
      () => world.actions.push(anna, { roomId, epoch: 1 }),
      () => world.actions.beat(anna, { roomId, epoch: 1, version: 1 }),
    ]) {
      expect((await refusal(call())).code).toBe('not-found')
    }
  })
})

describe('login', () => {
  it('names the show that was left running, until it is closed', async () => {
    expect((await world.actions.login(anna, {})).openRoom).toBeNull()
    const { roomId } = await liveRoom(world)
    expect((await world.actions.login(anna, {})).openRoom).toMatchObject({ room: { roomId, state: 'live' } })
    await world.actions.close(anna, { roomId })
    expect((await world.actions.login(anna, {})).openRoom).toBeNull()
  })

  it('M1: knows a person by the id that others see, and stores no OPENID anywhere', async () => {
    await world.actions.profile(anna, { name: 'Anna' })
    const { roomId } = await liveRoom(world)
    await world.actions.enter(anna, { roomId })
    const everything = JSON.stringify(Object.keys(indexes).map((name) => world.docs(name)))
    expect(everything).toContain(anna.userId)
    expect(everything).not.toContain('openid-anna')
  })
})

describe('profile of an anchor', () => {
  const named = (world: World) =>
    world.notices.flatMap(({ message }) => (message.type === 'room' ? [message.room.anchor.name] : []))

  it('renames the show that is on, once, and tells everybody', async () => {
    await world.actions.profile(anna, { name: 'Anna' })
    const { roomId } = await liveRoom(world)
    const { version } = await world.room(roomId)
    world.notices.length = 0
    world.clock.now += 2_000
    await world.actions.profile(anna, { name: 'Annie' })
    await world.actions.profile(anna, { name: 'Annie' })
    expect(await world.room(roomId)).toMatchObject({ anchorName: 'Annie', version: version + 1 })
    expect(named(world)).toEqual(['Annie'])
    expect((await world.actions.list(bob, {})).rooms[0]?.room.anchor.name).toBe('Annie')
  })

  it('leaves a closed show, and shows of others, as they were', async () => {
    const other = await liveRoom(world, bob, 'show-2')
    const { roomId } = await liveRoom(world)
    await world.actions.close(anna, { roomId })
    // The slot of a room may outlive the room for a moment.
    await world.store.claimSlot(anna.userId, '', roomId)
    world.notices.length = 0
    await world.actions.profile(anna, { name: 'Annie' })
    expect([(await world.room(roomId)).anchorName, (await world.room(other.roomId)).anchorName]).toEqual(['', ''])
    expect(world.notices).toEqual([])
  })

  it('keeps the new name though the chat service is down', async () => {
    const { roomId } = await liveRoom(world)
    world.down.add('notify')
    expect((await world.actions.profile(anna, { name: 'Annie' })).me.name).toBe('Annie')
    expect((await world.room(roomId)).anchorName).toBe('Annie')
  })
})
