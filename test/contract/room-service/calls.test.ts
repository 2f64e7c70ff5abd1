import type { RoomDoc } from '../../../cloudfunctions/core/documents'
import { heldSeats } from '../../../cloudfunctions/core/seats'
import { SEAT_HOLD_MS } from '../../support/room-config'
import { openCall as openIn, speak as speakIn } from './call-people'
import { crowd, expectSoundStage, seatDoc, toldTo } from './link-people'
import { anna, bob, LEASE_MS, openWorld, person, refusal, VIEWER_LEASE_MS, type World } from './world'

const carol = person('openid-carol')

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(async () => {
  const rooms = world.docs('rooms') as RoomDoc[]
  await world.close()
  for (const room of rooms) expectSoundStage(room)
})

const openCall = (options?: Parameters<typeof openIn>[1], requestId?: string) => openIn(world, options, requestId)
const enter = (who: typeof bob, roomId: string) => world.actions.enter(who, { roomId })
const speak = (who: typeof bob, roomId: string) => speakIn(world, who, roomId)

describe('a new call', () => {
  it('is on at once, with its owner on seat 1, who is told where to push; it has no stream but those of seats', async () => {
    const { room, push, seat, roomId } = await openCall()
    expect(room).toMatchObject({ kind: 'call', state: 'live' })
    expect(room.seats.map(({ user }) => user?.userId ?? null)).toEqual([anna.userId, null, null, null, null, null])
    expect(seat).toMatchObject({ seat: 1, epoch: 1, play: [] })
    expect(push).toEqual(seat?.push)
    const stored = await world.room(roomId)
    expect(stored.stream).toBe('')
    expect(seat?.push.url).toContain(`/${stored.seats['1']?.stream}?`)
  })

  it('asked for again with the same request is the same call, the same seat, the same stream', async () => {
    const [first, again] = await Promise.all([openCall(), openCall()])
    expect(again.roomId).toBe(first.roomId)
    expect(again.seat).toEqual(first.seat)
  })

  it('ends by itself if its owner never pushes, and he may open another one', async () => {
    const { roomId } = await openCall()
    world.clock.now += SEAT_HOLD_MS
    await world.sweep()
    expect(await world.room(roomId)).toMatchObject({ state: 'closed', reason: 'empty', onStage: [] })
    await openCall({}, 'call-2')
  })

  it('goes on for as long as somebody in it beats, whoever opened it', async () => {
    const { roomId } = await openCall()
    const { seat } = await speak(bob, roomId)
    for (let i = 0; i < 10; i++) {
      world.clock.now += 60_000
      await world.actions['seat.beat'](bob, { roomId, seat: seat?.seat ?? 0, epoch: 1, version: 0 })
      await world.sweep()
    }
    expect(await world.room(roomId)).toMatchObject({ state: 'live', onStage: [bob.userId] })
  })
})

describe('being in', () => {
  const listed = async (roomId: string) =>
    (await world.actions.members(anna, { roomId })).members.map(({ userId }) => userId)

  it('who beats his seat is among the people for as long as he sits there, though he never asks as a viewer does', async () => {
    const { roomId } = await openCall()
    const { seat } = await speak(bob, roomId)
    for (let i = 0; i < 10; i++) {
      world.clock.now += 60_000
      await world.actions['seat.beat'](bob, { roomId, seat: seat?.seat ?? 0, epoch: 1, version: 0 })
      await world.sweep()
    }
    expect([await listed(roomId), (await world.room(roomId)).viewers]).toEqual([[bob.userId], 1])
  })

  it('who dies is no longer among them once his seat is free', async () => {
    const { roomId } = await openCall()
    await speak(anna, roomId)
    const { stream } = await speak(bob, roomId)
    world.online.delete(stream)
    world.clock.now += LEASE_MS
    await world.sweep()
    expect((await world.room(roomId)).onStage).toEqual([anna.userId])
    world.clock.now += VIEWER_LEASE_MS + 1
    await world.sweep()
    expect(await listed(roomId)).toEqual([anna.userId])
  })
})

describe('coming in', () => {
  it('gives the lowest free seat with its URL, and the pictures of the others, also of who is about to push', async () => {
    const { roomId } = await openCall()
    await speak(bob, roomId)
    const { seat, room } = await enter(carol, roomId)
    const others = [
      { userId: anna.userId, seat: 1 },
      { userId: bob.userId, seat: 2 },
    ]
    expect(seat).toMatchObject({ seat: 3, epoch: 1, play: others })
    expect(room.seats[2]).toMatchObject({ user: { userId: carol.userId }, state: 'held' })
    await world.actions['seat.leave'](bob, { roomId })
    expect((await enter(person('openid-dave'), roomId)).seat?.seat).toBe(2)
  })

  it('promise 2: coming again takes the own seat anew; the old stream is forbidden, the old device superseded', async () => {
    const { roomId } = await openCall()
    const { stream, seat } = await speak(bob, roomId)
    const again = await enter(bob, roomId)
    expect(again.seat).toMatchObject({ seat: seat?.seat, epoch: 2 })
    expect(world.forbidden).toEqual([stream])
    const beat = world.actions['seat.beat'](bob, { roomId, seat: seat?.seat ?? 0, epoch: 1, version: 0 })
    expect(await refusal(beat)).toEqual({ code: 'superseded', details: { epoch: 2 } })
  })

  it('coming again is held to once a second; who comes too often is in as before', async () => {
    const { roomId } = await openCall()
    await enter(bob, roomId)
    await enter(bob, roomId)
    expect(await refusal(enter(bob, roomId))).toEqual({ code: 'rate-limited', details: { retryInMs: 1000 } })
    expect(await world.room(roomId)).toMatchObject({ viewers: 1, onStage: [anna.userId, bob.userId] })
    expect((await seatDoc(world, roomId))?.epoch).toBe(2)
    world.clock.now += 1000
    expect((await enter(bob, roomId)).seat?.epoch).toBe(3)
  })

  it('one person twenty times at once holds one seat, and may push one stream', async () => {
    const { roomId } = await openCall()
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => enter(bob, roomId)))
    const seats = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value.seat] : []))
    const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []))
    expect(new Set([...refused, 'rate-limited'])).toEqual(new Set(['rate-limited'])) // who saw his own seat already
    expect(new Set(seats.map((grant) => grant?.seat))).toEqual(new Set([2]))
    const doc = await seatDoc(world, roomId)
    expect(doc?.epoch).toBe(seats.length)
    expect(seats.filter((grant) => grant?.push.url.includes(doc?.stream ?? '?'))).toHaveLength(1)
    expect(new Set(world.forbidden).size).toBe(seats.length - 1)
    expect(world.forbidden).not.toContain(doc?.stream)
  })

  it('M42, promise 3: two hundred people and six seats: six seated, always, and as many URLs', async () => {
    const { roomId, seat } = await openCall({ seats: 6 })
    const results = await Promise.allSettled(crowd(200).map((who) => enter(who, roomId)))
    const grants = results.flatMap((each) => (each.status === 'fulfilled' ? [each.value.seat] : []))
    expect([seat, ...grants].map((grant) => grant?.seat).sort()).toEqual([1, 2, 3, 4, 5, 6])
    const refused = results.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    expect(refused).toHaveLength(195)
    for (const error of refused) expect(error).toMatchObject({ code: 'full', details: { what: 'seats' } })
    const room = await world.room(roomId)
    expect(room.onStage).toHaveLength(6)
    expect(heldSeats(room)).toHaveLength(6)
    expect(new Set([seat, ...grants].map((grant) => grant?.push.url)).size).toBe(6)
    expect(room.forbid).toEqual([])
    // Who found no seat is not in.
    await world.sweep()
    expect((await world.room(roomId)).viewers).toBe(5)
  }, 60_000)

  it('a seat that is locked is kept free', async () => {
    const { roomId } = await openCall({ seats: 2 })
    await world.actions['seat.lock'](anna, { roomId, seat: 2, locked: true })
    expect((await refusal(enter(bob, roomId))).code).toBe('full')
    await world.actions['seat.lock'](anna, { roomId, seat: 2, locked: false })
    expect((await enter(bob, roomId)).seat?.seat).toBe(2)
  })

  it('nobody asks for a seat of a call, but its owner may ring somebody up', async () => {
    const { roomId } = await openCall()
    expect((await refusal(world.actions['link.request'](bob, { roomId }))).code).toBe('forbidden')
    const { link } = await world.actions['link.invite'](anna, { roomId, userId: bob.userId })
    expect(toldTo(world, bob)).toEqual([{ type: 'link', roomId, link }])
    expect((await enter(bob, roomId)).seat?.seat).toBe(2)
    expect((await world.room(roomId)).links).toEqual({})
    const accept = await world.actions['link.accept'](bob, { roomId, linkId: link.linkId })
    expect(accept.seat).toBe(2)
  })
})

describe('going', () => {
  it('the last one out ends the call, whichever way he goes', async () => {
    for (const action of ['leave', 'seat.leave'] as const) {
      const { roomId } = await openCall({}, `call-${action}`)
      const { stream } = await speak(bob, roomId)
      const own = (await seatDoc(world, roomId, anna))?.stream
      await world.actions[action](anna, { roomId })
      expect((await world.room(roomId)).state).toBe('live')
      await world.actions[action](bob, { roomId })
      expect(await world.room(roomId)).toMatchObject({ state: 'closed', reason: 'empty', onStage: [] })
      expect(world.forbidden).toEqual(expect.arrayContaining([own, stream]))
      expect((await refusal(enter(carol, roomId))).code).toBe('room-closed')
      expect((await world.actions.login(anna, {})).openRoom).toBeNull()
      world.clock.now += 1000
    }
  })

  it('the owner ends it when it was opened so, and only he', async () => {
    const { roomId } = await openCall({ endsWithOwner: true })
    const { stream } = await speak(bob, roomId)
    await enter(carol, roomId)
    await world.actions['seat.leave'](carol, { roomId })
    expect((await world.room(roomId)).state).toBe('live')
    await world.actions['seat.leave'](anna, { roomId })
    expect(await world.room(roomId)).toMatchObject({ state: 'closed', reason: 'owner-left', onStage: [] })
    expect(world.forbidden).toContain(stream)
    expect(world.notices.at(-1)).toMatchObject({ message: { room: { state: 'closed', reason: 'owner-left' } } })
  })

  it('without him it goes on when it was not, and he may come back', async () => {
    const { roomId } = await openCall()
    await speak(bob, roomId)
    await world.actions['seat.leave'](anna, { roomId })
    expect(await world.room(roomId)).toMatchObject({ state: 'live', onStage: [bob.userId] })
    const resumed = await world.actions.resume(anna, { roomId })
    expect(resumed.seat).toMatchObject({ seat: 1, epoch: 2 })
    expect(resumed.push).toEqual(resumed.seat?.push)
  })

  it('promise 5: everybody dies: the call is over within lease and one sweep', async () => {
    const { roomId } = await openCall()
    const { stream } = await speak(bob, roomId)
    world.online.clear()
    world.clock.now += LEASE_MS
    await world.sweep()
    expect(await world.room(roomId)).toMatchObject({ state: 'closed', reason: 'empty', onStage: [] })
    expect(world.forbidden).toContain(stream)
  })

  it('the owner dies: a call that ends with him does', async () => {
    const { roomId } = await openCall({ endsWithOwner: true })
    await speak(bob, roomId)
    world.clock.now += SEAT_HOLD_MS
    await world.sweep()
    expect(await world.room(roomId)).toMatchObject({ state: 'closed', reason: 'owner-left' })
  })

  it('a call whose last one left while the function died is closed by the sweeper', async () => {
    const { roomId } = await openCall()
    const room = await world.room(roomId)
    const [seat] = heldSeats(room)
    if (!seat) throw new Error('the owner has a seat')
    await world.store.freeSeat(roomId, seat, world.clock.now)
    await world.sweep()
    expect(await world.room(roomId)).toMatchObject({ state: 'closed', reason: 'empty' })
  })

  it('the last one leaves while somebody comes: he is in a call that is on, or told that it is over', async () => {
    for (let round = 0; round < 10; round++) {
      const { roomId } = await openCall({}, `call-${round}`)
      const [entered] = await Promise.allSettled([enter(bob, roomId), world.actions['seat.leave'](anna, { roomId })])
      const room = await world.room(roomId)
      if (entered?.status === 'fulfilled') {
        expect(room).toMatchObject({ state: 'live', onStage: [bob.userId] })
        await world.actions.close(anna, { roomId })
      } else {
        expect(entered?.reason).toMatchObject({ code: 'room-closed' })
        expect(room).toMatchObject({ state: 'closed', reason: 'empty' })
      }
      world.clock.now += 1000
    }
  })

  it('its owner sends others off, and cannot be sent off himself', async () => {
    const { roomId } = await openCall()
    const { stream } = await speak(bob, roomId)
    const kick = (userId: string) => world.actions['seat.kick'](anna, { roomId, userId })
    expect((await kick(bob.userId)).room.seats[1]?.user).toBeNull()
    expect(world.forbidden).toEqual([stream])
    expect((await refusal(kick(anna.userId))).code).toBe('forbidden')
  })
})
