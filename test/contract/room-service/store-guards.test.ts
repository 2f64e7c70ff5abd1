import { anna, bob, liveRoom, openWorld, type World } from './world'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const wins = (results: boolean[]): number => results.filter(Boolean).length

it('the slot of an anchor is claimed once, empty or taken from a room that is over', async () => {
  const claim = (held: string) =>
    Promise.all(Array.from({ length: 20 }, (_, i) => world.store.claimSlot(anna.userId, held, `room-${held}${i}`)))
  expect(wins(await claim(''))).toBe(1)
  const held = (await world.store.user(anna.userId))?.openRoom ?? ''
  expect(held).not.toBe('')
  expect(wins(await claim(''))).toBe(0)
  expect(wins(await claim(held))).toBe(1)
})

it('a slot is released for the room that holds it only', async () => {
  await world.store.claimSlot(anna.userId, '', 'room-new')
  await world.store.releaseSlot(anna.userId, 'room-old')
  expect((await world.store.user(anna.userId))?.openRoom).toBe('room-new')
})

it('a limit lets one of 20 calls through at once, and all that share a tag', async () => {
  const spend = (key: string, tag: (i: number) => string) =>
    Promise.all(Array.from({ length: 20 }, (_, i) => world.store.spend(key, tag(i), 1_000, 500)))
  expect((await spend('a', () => '')).filter((wait) => wait === 0)).toHaveLength(1)
  expect((await spend('b', (i) => `tag-${i}`)).filter((wait) => wait === 0)).toHaveLength(1)
  expect((await spend('c', () => 'same')).filter((wait) => wait === 0)).toHaveLength(20)
  expect(await world.store.spend('a', '', 1_400, 500)).toBe(100)
  expect(await world.store.spend('a', '', 1_500, 500)).toBe(0)
})

it('setting a name keeps the open room, and a first name and a first room do not overwrite each other', async () => {
  await Promise.all([world.store.setName(anna.userId, 'Anna'), world.store.claimSlot(anna.userId, '', 'room-1')])
  expect(await world.store.user(anna.userId)).toEqual({ _id: anna.userId, name: 'Anna', openRoom: 'room-1' })
})

it('M45: nobody is subtracted from nobody, even if a member was never counted', async () => {
  const { roomId } = await liveRoom(world)
  await world.store.dropViewer(roomId)
  expect((await world.room(roomId)).viewers).toBe(0)
})

it('a room is not called tidy while a newer stream waits to be forbidden', async () => {
  const { roomId } = await liveRoom(world)
  world.down.add('forbid')
  await world.actions.resume(anna, { roomId })
  const seen = await world.room(roomId)
  world.clock.now += 1_000
  await world.actions.resume(anna, { roomId })
  await world.store.tidied(seen, 0)
  expect((await world.room(roomId)).forbid).toHaveLength(2)
})

it('an event is new once: 20 deliveries at a time', async () => {
  const results = await Promise.all(Array.from({ length: 20 }, () => world.store.recordEvent('1:s:q', 1)))
  expect(results.filter((r) => r === 'new')).toHaveLength(1)
  await world.store.finishEvent('1:s:q')
  expect(await world.store.recordEvent('1:s:q', 2)).toBe('done')
})

it('a person is new in a room once: 20 entries at a time, among leaves', async () => {
  const { roomId } = await liveRoom(world)
  const joins = await Promise.all(
    Array.from({ length: 20 }, async () => {
      const how = await world.store.join(roomId, bob.userId, 1)
      await world.store.leave(roomId, bob.userId)
      return how
    }),
  )
  expect(joins.filter((how) => how === 'new')).toHaveLength(1)
})

it('M50: a sweep beside another one counts no miss twice', async () => {
  const { roomId } = await liveRoom(world)
  const seen = await world.room(roomId)
  const struck = await Promise.all(Array.from({ length: 10 }, () => world.store.strike(seen)))
  expect(struck.filter((room) => room !== null)).toHaveLength(1)
  expect((await world.room(roomId)).strikes).toBe(1)
})

it('a room is buried as it was seen only: not once somebody has beaten, or the stream has changed', async () => {
  const { roomId } = await liveRoom(world)
  const struck = await world.store.strike(await world.room(roomId))
  if (!struck) throw new Error('not struck')
  await world.actions.resume(anna, { roomId })
  expect(await world.store.bury(struck, 1, 1)).toBeNull()
  const again = await world.store.strike(await world.room(roomId))
  if (!again) throw new Error('not struck')
  await world.store.renewLease(roomId, anna.userId, 2, world.clock.now + 999_999)
  expect(await world.store.bury(again, 1, 1)).toBeNull()
  expect((await world.room(roomId)).state).toBe('interrupted')
})

it('a room is not taken back once another request relies on it', async () => {
  const { room } = await world.actions.create(anna, { title: 'A', cover: 'jade', requestId: 'r' })
  await world.store.keep(room.roomId)
  expect(await world.store.takeBack(room.roomId)).toBe(false)
})

it('what a room is about is changed by those in charge only, and while it is open', async () => {
  const { roomId } = await liveRoom(world)
  expect(await world.store.editRoom(roomId, bob.userId, { title: 'x' })).toBeNull()
  expect(await world.store.editRoom(roomId, anna.userId, { title: 'y' })).toMatchObject({ title: 'y', notice: '' })
  await world.actions.close(anna, { roomId })
  expect(await world.store.editRoom(roomId, anna.userId, { title: 'z' })).toBeNull()
})
