import { anna, bob, GRACE_MS, openWorld, refusal, type World } from './world'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const show = { title: 'Very private title', cover: 'jade' as const, requestId: 'r1', notice: 'A private notice' }

it('leaves one line for each change of a room: which room, who, what, how long, and why', async () => {
  const { room } = await world.actions.create(anna, show)
  const { roomId } = room
  const { stream } = await world.room(roomId)
  await world.begin(stream, 's1')
  world.clock.now += 5_000
  await world.end(stream, 's1')
  world.clock.now += GRACE_MS
  await world.sweep()
  const by = { room: roomId, user: anna.userId }
  expect(world.trace).toMatchObject([
    { ...by, action: 'create', result: 'ok', ms: 0 },
    { ...by, action: 'room.live', result: 'ok', ms: 0 },
    { ...by, action: 'room.interrupted', result: 'stream-ended', ms: 5_000 },
    { ...by, action: 'room.closed', result: 'grace-over', ms: 5_000 + GRACE_MS },
  ])
  for (const entry of world.trace) {
    expect(Object.keys(entry).sort()).toEqual(['action', 'at', 'ms', 'result', 'room', 'user'])
  }
})

it('says why a call was refused, and how long it took', async () => {
  const { room } = await world.actions.create(anna, show)
  const { roomId } = room
  const closeByAnchor = world.store.closeByAnchor
  world.store.closeByAnchor = (...args) => {
    world.clock.now += 120
    return closeByAnchor(...args)
  }
  expect((await refusal(world.actions.close(bob, { roomId }))).code).toBe('forbidden')
  expect(world.trace.at(-1)).toMatchObject({
    action: 'close',
    room: roomId,
    user: bob.userId,
    result: 'forbidden',
    ms: 120,
  })
  world.store.closeByAnchor = () => Promise.reject(new Error('disk full'))
  await expect(world.actions.close(anna, { roomId })).rejects.toThrow('disk full')
  expect(world.trace.at(-1)).toMatchObject({ action: 'close', result: 'failed' })
})

it('says nothing about those who only watch', async () => {
  const { room } = await world.actions.create(anna, show)
  const { roomId } = room
  const before = world.trace.length
  await world.actions.enter(bob, { roomId })
  await world.actions.sync(bob, { roomId, version: 1 })
  await world.actions.like(bob, { roomId, count: 1 })
  await world.actions.leave(bob, { roomId })
  await world.actions.list(bob, {})
  await world.actions.beat(anna, { roomId, epoch: 1, version: 1 })
  expect(world.trace).toHaveLength(before)
})

it('M12: holds no secret, no address, no name and no text, whatever happened', async () => {
  await world.actions.profile(anna, { name: 'Anna Karenina' })
  await world.actions.profile(bob, { name: 'Bob Dylan' })
  const created = await world.actions.create(anna, show)
  const { roomId } = created.room
  const { stream } = await world.room(roomId)
  await world.begin(stream, 's1')
  const entered = await world.actions.enter(bob, { roomId })
  const { link } = await world.actions['link.request'](bob, { roomId })
  await world.actions['link.accept'](anna, { roomId, linkId: link.linkId })
  const seat = await world.actions['seat.take'](bob, { roomId })
  await world.actions['order.admin'](anna, { roomId, userId: bob.userId, on: true })
  await world.actions['seat.leave'](bob, { roomId })
  for (const part of ['forbid', 'notify', 'destroyGroup'] as const) world.down.add(part)
  await world.actions.resume(anna, { roomId })
  await world.actions.close(anna, { roomId })
  world.clock.now += 60_000
  await world.sweep()
  const said = JSON.stringify([world.trace, world.log])
  expect(said).toContain(roomId)
  const urls = [created.push.url, entered.play.flv, seat.push.url, ...seat.play.map(({ url }) => url)]
  const secrets = urls.flatMap((url) => [...url.matchAll(/txSecret=([0-9a-f]{32})/g)].map(([, secret = '']) => secret))
  expect(secrets.length).toBeGreaterThanOrEqual(3)
  const texts = [show.title, show.notice, 'Anna Karenina', 'Bob Dylan', 'openid-', '://', created.chat.userSig]
  for (const hidden of [...secrets, ...texts]) expect(said).not.toContain(hidden)
})
