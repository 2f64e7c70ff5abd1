import { openCollections } from '../../../cloudfunctions/adapters/store/collections'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import { LINK_WAIT_MS, SEAT_HOLD_MS } from '../../support/room-config'
import { ask, carol, crowd, eachInLiveRoom, makeAdmin, seatDoc, takeSeat, toldTo } from './link-people'
import { anna, bob, liveRoom, refusal, type World } from './world'

const NO_LINK = `l${'0'.repeat(24)}`

let world: World
let roomId: string
eachInLiveRoom((opened, id) => {
  world = opened
  roomId = id
})

describe('link.request', () => {
  it('gives a ticket that expires, a place in the queue, and tells the anchor', async () => {
    await world.actions.profile(bob, { name: 'Bob' })
    const { link, position } = await ask(world, roomId)
    expect(link).toEqual({
      linkId: expect.stringMatching(/^l[0-9a-f]{24}$/),
      kind: 'request',
      user: { userId: bob.userId, name: 'Bob' },
      expiresInMs: LINK_WAIT_MS,
    })
    expect(position).toBe(1)
    expect(toldTo(world, anna)).toEqual([{ type: 'link', roomId, link }])
    world.clock.now += 1
    expect((await ask(world, roomId, carol)).position).toBe(2)
  })

  it('asking again, and a double tap, give the same ticket, and the anchor hears of it once', async () => {
    const [first, second] = await Promise.all([ask(world, roomId), ask(world, roomId)])
    expect(second.link.linkId).toBe(first.link.linkId)
    world.clock.now += 100
    const third = await ask(world, roomId)
    expect(third.link).toEqual({ ...first.link, expiresInMs: LINK_WAIT_MS - 100 })
    expect(toldTo(world, anna)).toHaveLength(1)
  })

  it('a ticket that is over makes way for a new one without waiting for the sweeper', async () => {
    const { link } = await ask(world, roomId)
    world.clock.now += LINK_WAIT_MS
    const again = await ask(world, roomId)
    expect(again.link.linkId).not.toBe(link.linkId)
    expect(again.link.expiresInMs).toBe(LINK_WAIT_MS)
  })

  it('asking, taking back and asking again is held to one a second', async () => {
    const { link } = await ask(world, roomId)
    await world.actions['link.cancel'](bob, { roomId, linkId: link.linkId })
    expect(await refusal(ask(world, roomId))).toEqual({ code: 'rate-limited', details: { retryInMs: 1000 } })
    world.clock.now += 1000
    await ask(world, roomId)
  })

  it('refuses the anchor, people on stage, rooms without seats, closed and unknown rooms', async () => {
    expect((await refusal(ask(world, roomId, anna))).code).toBe('forbidden')
    await takeSeat(world, roomId)
    world.clock.now += 1000
    expect((await refusal(ask(world, roomId))).code).toBe('forbidden')
    const bare = await world.actions.create(carol, { title: 'B', cover: 'jade', requestId: 'b', seats: 0 })
    expect((await refusal(ask(world, bare.room.roomId))).code).toBe('forbidden')
    await world.actions.close(carol, { roomId: bare.room.roomId })
    expect((await refusal(ask(world, bare.room.roomId))).code).toBe('room-closed')
    expect((await refusal(ask(world, `r${'0'.repeat(24)}`))).code).toBe('not-found')
  })

  it('refuses who is banned from this room, or from all', async () => {
    const { sanctions, users } = openCollections('test')
    const here = { _id: `${roomId}_${bob.userId}`, roomId, userId: bob.userId, name: '', banned: true, mutedUntil: 0 }
    await sanctions.add(here)
    await users.add({ _id: carol.userId, name: 'Carol', openRoom: '', banned: true })
    expect((await refusal(ask(world, roomId, bob))).code).toBe('banned')
    expect((await refusal(ask(world, roomId, carol))).code).toBe('banned')
    const invite = world.actions['link.invite'](anna, { roomId, userId: carol.userId })
    expect((await refusal(invite)).code).toBe('banned')
  })

  it('promise 6: the queue is bounded, also at once, and what is over leaves room for others', async () => {
    const asked = await Promise.allSettled(crowd(LIMITS.linkQueueMax + 20).map((who) => ask(world, roomId, who)))
    const refused = asked.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))
    expect(refused).toHaveLength(20)
    for (const error of refused) expect(error).toMatchObject({ code: 'full', details: { what: 'queue' } })
    expect((await world.room(roomId)).linksUsed).toBe(LIMITS.linkQueueMax)
    world.clock.now += LINK_WAIT_MS
    await ask(world, roomId)
    expect((await world.room(roomId)).linksUsed).toBe(1)
  })

  it('is not lost when the chat service is down: the queue holds it', async () => {
    world.down.add('tell').add('notify')
    const { link } = await ask(world, roomId)
    expect((await world.actions['link.list'](anna, { roomId })).links).toEqual([link])
  })
})

describe('link.list', () => {
  it('shows those who keep order who waits, longest first, and nobody else', async () => {
    await ask(world, roomId)
    world.clock.now += 10
    await ask(world, roomId, carol)
    const { links } = await world.actions['link.list'](anna, { roomId })
    expect(links.map(({ user }) => user.userId)).toEqual([bob.userId, carol.userId])
    expect((await refusal(world.actions['link.list'](bob, { roomId }))).code).toBe('forbidden')
    await makeAdmin(roomId, carol.userId)
    expect((await world.actions['link.list'](carol, { roomId })).links).toEqual(links)
    world.clock.now += LINK_WAIT_MS - 10
    expect((await world.actions['link.list'](anna, { roomId })).links).toHaveLength(1)
  })

  it('shows nobody else the queue: not in views, not in notices', async () => {
    const { link } = await ask(world, roomId)
    const seen = [
      await world.actions.enter(carol, { roomId }),
      await world.actions.sync(carol, { roomId, version: 0 }),
      await world.actions.list(carol, {}),
      world.notices,
    ]
    expect(JSON.stringify(seen)).not.toContain(link.linkId)
  })
})

describe('link.accept', () => {
  it('holds the lowest free seat, tells the person and everybody, and is no seat for ever', async () => {
    await world.actions.profile(bob, { name: 'Bob' })
    const { link } = await ask(world, roomId)
    const { version } = await world.room(roomId)
    world.notices.length = 0
    const { seat, room } = await world.actions['link.accept'](anna, { roomId, linkId: link.linkId })
    expect(seat).toBe(1)
    expect(room.version).toBe(version + 1)
    expect(room.seats[0]).toEqual({
      seat: 1,
      user: { userId: bob.userId, name: 'Bob' },
      state: 'held',
      locked: false,
      micOff: false,
      cameraOff: false,
      quieted: { mic: false, camera: false },
      handAt: null,
      away: false,
      epoch: 1,
      endsInMs: SEAT_HOLD_MS,
    })
    expect(toldTo(world, bob)).toEqual([
      { type: 'link-answer', roomId, linkId: link.linkId, answer: 'accepted', seat: 1 },
    ])
    expect(world.notices).toMatchObject([{ roomId, message: { type: 'room', room: { version: version + 1 } } }])
    expect(await seatDoc(world, roomId)).toMatchObject({ until: world.clock.now + SEAT_HOLD_MS, taken: false })
    expect((await world.actions['link.list'](anna, { roomId })).links).toEqual([])
  })

  it('gives the seat that the anchor chose; refuses one that is locked, taken or not there', async () => {
    const accept = (linkId: string, seat: number) => world.actions['link.accept'](anna, { roomId, linkId, seat })
    const { link } = await ask(world, roomId)
    const second = (await ask(world, roomId, carol)).link
    await world.actions['seat.lock'](anna, { roomId, seat: 2, locked: true })
    expect((await refusal(accept(link.linkId, 2))).details).toEqual({ what: 'seats' })
    expect((await refusal(accept(link.linkId, 8))).code).toBe('bad-input')
    expect((await accept(link.linkId, 3)).seat).toBe(3)
    expect((await refusal(accept(second.linkId, 3))).code).toBe('full')
    expect((await world.actions['link.accept'](anna, { roomId, linkId: second.linkId })).seat).toBe(1)
  })

  it('refuses when every seat is taken; the ticket stays', async () => {
    for (const who of crowd(LIMITS.liveSeatsDefault)) await takeSeat(world, roomId, who)
    const { link } = await ask(world, roomId)
    const accept = world.actions['link.accept'](anna, { roomId, linkId: link.linkId })
    expect(await refusal(accept)).toEqual({ code: 'full', details: { what: 'seats' } })
    expect((await world.actions['link.list'](anna, { roomId })).links).toHaveLength(1)
  })

  it('M69, promise 3: a late accept seats nobody', async () => {
    const { link } = await ask(world, roomId)
    world.clock.now += LINK_WAIT_MS
    const accept = world.actions['link.accept'](anna, { roomId, linkId: link.linkId })
    expect((await refusal(accept)).code).toBe('stale')
    expect(await seatDoc(world, roomId)).toBeNull()
  })

  it('M10, M70, promise 3: a forged accept, or one from another room, seats nobody', async () => {
    const { link } = await ask(world, roomId)
    const other = await liveRoom(world, carol, 'show-c')
    const elsewhere = { roomId: other.roomId, linkId: link.linkId }
    expect((await refusal(world.actions['link.accept'](carol, elsewhere))).code).toBe('stale')
    expect((await refusal(world.actions['link.accept'](carol, { roomId, linkId: link.linkId }))).code).toBe('forbidden')
    expect((await refusal(world.actions['link.accept'](bob, { roomId, linkId: link.linkId }))).code).toBe('forbidden')
    expect((await refusal(world.actions['link.accept'](anna, { roomId, linkId: NO_LINK }))).code).toBe('stale')
    expect((await world.room(roomId)).onStage).toEqual([])
    expect((await world.room(other.roomId)).onStage).toEqual([])
  })

  it('promise 3: after a cancel, a rejection or the end of the room it seats nobody', async () => {
    const accept = (linkId: string) => refusal(world.actions['link.accept'](anna, { roomId, linkId }))
    const first = (await ask(world, roomId)).link
    await world.actions['link.cancel'](bob, { roomId, linkId: first.linkId })
    expect((await accept(first.linkId)).code).toBe('stale')
    const second = (await ask(world, roomId, carol)).link
    await world.actions['link.reject'](anna, { roomId, linkId: second.linkId })
    expect((await accept(second.linkId)).code).toBe('stale')
    world.clock.now += 1000
    const third = (await ask(world, roomId)).link
    await world.actions.close(anna, { roomId })
    expect((await accept(third.linkId)).code).toBe('room-closed')
    expect((await world.room(roomId)).onStage).toEqual([])
  })

  it('M75: repeated, gives the same seat, until the person has left it', async () => {
    const { link } = await ask(world, roomId)
    const accept = () => world.actions['link.accept'](anna, { roomId, linkId: link.linkId })
    const first = await accept()
    expect(await accept()).toEqual(first)
    expect(toldTo(world, bob)).toHaveLength(1)
    await world.actions['seat.leave'](bob, { roomId })
    expect((await refusal(accept())).code).toBe('stale')
  })

  it('M63: request, link, leave, request works, and the later ticket is a new one', async () => {
    const first = await takeSeat(world, roomId)
    await world.actions['seat.leave'](bob, { roomId })
    world.clock.now += 1000
    const second = await takeSeat(world, roomId)
    expect(second.linkId).not.toBe(first.linkId)
    expect(second.stream).not.toBe(first.stream)
    expect(second.grant.epoch).toBeGreaterThan(first.grant.epoch)
  })
})
