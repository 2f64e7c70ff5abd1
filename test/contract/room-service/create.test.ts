import { anna, bob, openWorld, person, refusal, type World } from './world'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const show = (requestId = 'r1') => ({ title: 'A show', cover: 'jade' as const, requestId })
const call = (requestId = 'r1') => ({ ...show(requestId), kind: 'call' as const })
const coverOf = (userId: string, name = 'one.png') => `cloud://test.6162-test-1/covers/${userId}/${name}`
const pass = () => {
  world.clock.now += 2_000
}

describe('what a show is about', () => {
  it('is kept as it was asked for', async () => {
    const { room } = await world.actions.create(anna, {
      ...show(),
      coverFile: coverOf(anna.userId),
      notice: 'Be kind',
      tags: ['music', 'live'],
      seats: 8,
      lowLatency: 2,
      record: true,
    })
    expect(room).toMatchObject({
      kind: 'live',
      coverFile: coverOf(anna.userId),
      notice: 'Be kind',
      tags: ['music', 'live'],
    })
    expect(room.seats).toHaveLength(8)
    expect(await world.room(room.roomId)).toMatchObject({ fastMax: 2, record: true, endsWithOwner: false })
  })

  it('M55: has 3 seats unless something else is said, and none is allowed', async () => {
    expect((await world.actions.create(anna, show())).room.seats).toHaveLength(3)
    expect((await world.actions.create(bob, { ...show(), seats: 0 })).room.seats).toEqual([])
  })

  it('takes a cover only from the folder of its owner in our storage', async () => {
    for (const coverFile of [
      coverOf(bob.userId),
      `cloud://elsewhere.6162-test-1/covers/${anna.userId}/one.png`,
      `cloud://test.6162-test-1/other/${anna.userId}/one.png`,
      coverOf(anna.userId, `../${bob.userId}/one.png`),
      coverOf(anna.userId, ''),
      `cloud://test.6162-test-1/covers/${anna.userId}`,
    ]) {
      expect((await refusal(world.actions.create(anna, { ...show(), coverFile }))).code).toBe('forbidden')
    }
    expect(world.docs('rooms')).toEqual([])
  })

  it.each(['title', 'notice', 'tags'])('M29: is refused where the %s does not pass the text check', async (field) => {
    world.vendors.badWords.push('rude')
    const words = { title: 'A show', notice: 'hello', tags: ['fine'], [field]: field === 'tags' ? ['rude'] : 'rude' }
    const { code, details } = await refusal(world.actions.create(anna, { ...show(), ...words }))
    expect({ code, details }).toEqual({ code: 'text-refused', details: { field } })
    expect(world.docs('rooms')).toEqual([])
    expect(world.groups.size).toBe(0)
  })
})

describe('somebody whom an operator has banned', () => {
  const ban = () =>
    world.database.run('database.modifyDocument', {
      collectionName: 'users',
      query: JSON.stringify({ _id: anna.userId }),
      data: JSON.stringify({ $set: { banned: true } }),
      updateMode: 1,
      multi: true,
      merge: true,
      upsert: false,
    })

  it('may not open, resume or enter', async () => {
    const mine = await world.actions.create(anna, show())
    const other = await world.actions.create(bob, show())
    await ban()
    expect((await world.store.user(anna.userId))?.banned).toBe(true)
    pass()
    for (const attempt of [
      () => world.actions.create(anna, show('r2')),
      () => world.actions.resume(anna, { roomId: mine.room.roomId }),
      () => world.actions.enter(anna, { roomId: other.room.roomId }),
    ]) {
      expect((await refusal(attempt())).code).toBe('banned')
    }
    expect(world.docs('members')).toEqual([])
  })
})

describe('a call', () => {
  it('begins with its owner on seat 1, and is on at once', async () => {
    await world.actions.profile(anna, { name: 'Anna' })
    const { room, push, seat } = await world.actions.create(anna, call())
    expect(room).toMatchObject({ kind: 'call', state: 'live', closesInMs: null })
    expect(room.seats).toHaveLength(6)
    expect(room.seats[0]).toMatchObject({ seat: 1, user: { userId: anna.userId, name: 'Anna' }, state: 'held' })
    expect(seat).toMatchObject({ seat: 1, epoch: 1, play: [] })
    expect(push).toEqual(seat?.push)
    expect(push.url).toContain(`${room.roomId}_s1e1_`)
  })

  it('M55: has 2 to 6 seats', async () => {
    for (const seats of [0, 1, 7]) {
      const { code, details } = await refusal(world.actions.create(anna, { ...call(), seats }))
      expect(code).toBe('bad-input')
      expect(details.issues).toMatchObject([{ field: 'seats' }])
    }
    expect((await world.actions.create(anna, { ...call(), seats: 2 })).room.seats).toHaveLength(2)
  })

  it('gives the same seat and stream for the same request: a double tap', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => world.actions.create(anna, call('tap'))))
    expect(new Set(all.map(({ push }) => push.url.split('?')[0])).size).toBe(1)
    const again = await world.actions.create(anna, call('tap'))
    expect(again.push.url.split('?')[0]).toBe(all[0]?.push.url.split('?')[0])
    expect(again.room.seats.filter(({ user }) => user !== null)).toHaveLength(1)
  })

  it('seats who enters, and lets nobody only watch when it is full', async () => {
    const { room } = await world.actions.create(anna, { ...call(), seats: 2 })
    const { roomId } = room
    const entered = await world.actions.enter(bob, { roomId })
    expect(entered.seat).toMatchObject({ seat: 2 })
    expect(entered.room.seats[1]?.user?.userId).toBe(bob.userId)
    expect((await refusal(world.actions.enter(person('late'), { roomId }))).code).toBe('full')
    expect(await world.room(roomId)).toMatchObject({ viewers: 1 })
  })

  it('M42: 50 people and 5 free seats: five come in, always', async () => {
    const { room } = await world.actions.create(anna, call())
    const people = Array.from({ length: 50 }, (_, i) => person(`p${i}`))
    const outcomes = await Promise.allSettled(people.map((p) => world.actions.enter(p, { roomId: room.roomId })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(5)
    const after = await world.room(room.roomId)
    expect(new Set(after.onStage).size).toBe(6)
    expect(after.viewers).toBe(5)
  })

  it('frees the seat of who leaves, and ends with the last one', async () => {
    const { room } = await world.actions.create(anna, call())
    const { roomId } = room
    await world.actions.enter(bob, { roomId })
    expect(await world.actions.leave(anna, { roomId })).toEqual({ left: true })
    expect(await world.room(roomId)).toMatchObject({ state: 'live', onStage: [bob.userId] })
    await world.actions.leave(bob, { roomId })
    expect(await world.room(roomId)).toMatchObject({ state: 'closed', reason: 'empty' })
  })

  it('takes its owner back to his seat when he resumes, with a new stream', async () => {
    const first = await world.actions.create(anna, call())
    const { roomId } = first.room
    pass()
    const second = await world.actions.resume(anna, { roomId })
    expect(second.seat).toMatchObject({ seat: 1, epoch: 2 })
    expect(second.push.url.split('?')[0]).not.toBe(first.push.url.split('?')[0])
  })

  it('has no stream of an anchor: nobody pushes or beats but from a seat', async () => {
    const { room } = await world.actions.create(anna, call())
    const { roomId } = room
    expect((await refusal(world.actions.push(anna, { roomId, epoch: 1 }))).code).toBe('forbidden')
    expect((await refusal(world.actions.beat(anna, { roomId, epoch: 1, version: 1 }))).code).toBe('forbidden')
    await world.actions.close(anna, { roomId })
    expect(world.forbidden).not.toContain('')
  })
})

describe('update', () => {
  const opened = async () =>
    (await world.actions.create(anna, { ...show(), notice: 'before', tags: ['a'] })).room.roomId

  it('changes what is given and nothing else, and tells everybody', async () => {
    const roomId = await opened()
    const { room } = await world.actions.update(anna, { roomId, title: 'Better', notice: '' })
    expect(room).toMatchObject({ title: 'Better', notice: '', tags: ['a'], cover: 'jade', version: 2 })
    expect(world.notices.at(-1)).toMatchObject({ roomId, message: { type: 'room', room: { title: 'Better' } } })
  })

  it('is for the anchor and the admins', async () => {
    const roomId = await opened()
    expect((await refusal(world.actions.update(bob, { roomId, title: 'Mine' }))).code).toBe('forbidden')
    expect((await world.room(roomId)).title).toBe('A show')
    await world.actions['order.admin'](anna, { roomId, userId: bob.userId, on: true })
    pass()
    await world.actions.update(bob, { roomId, title: 'Ours' })
    expect((await world.room(roomId)).title).toBe('Ours')
  })

  it("leaves the anchor's picture to an admin, and takes no other's from him", async () => {
    const { room } = await world.actions.create(anna, { ...show(), coverFile: coverOf(anna.userId) })
    const { roomId } = room
    await world.actions['order.admin'](anna, { roomId, userId: bob.userId, on: true })
    await world.actions.update(bob, { roomId, coverFile: coverOf(anna.userId), title: 'Ours' })
    pass()
    const stolen = coverOf(anna.userId, 'another.png')
    expect((await refusal(world.actions.update(bob, { roomId, coverFile: stolen }))).code).toBe('forbidden')
    pass()
    const { room: after } = await world.actions.update(bob, { roomId, coverFile: coverOf(bob.userId) })
    expect(after.coverFile).toBe(coverOf(bob.userId))
  })

  it('M24, M29: is limited, checked, and over with the room', async () => {
    const roomId = await opened()
    world.vendors.badWords.push('rude')
    expect((await refusal(world.actions.update(anna, { roomId, tags: ['rude'] }))).details).toEqual({ field: 'tags' })
    expect((await refusal(world.actions.update(anna, { roomId, title: 'x' }))).code).toBe('rate-limited')
    pass()
    await world.actions.close(anna, { roomId })
    expect((await refusal(world.actions.update(anna, { roomId, title: 'x' }))).code).toBe('room-closed')
  })
})
