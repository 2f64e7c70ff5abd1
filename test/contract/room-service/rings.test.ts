import { RING_MS, SEAT_HOLD_MS } from '../../support/room-config'
import { carol, dave, ringCalls } from './ring-people'
import { anna, bob, liveRoom, openWorld, refusal, type World } from './world'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const { openCall, callUp, invite, accept, refuse, cancel, status, rings, ring, pass, news, consistent } = ringCalls(
  () => world,
)
const toBob = { userId: bob.userId }

describe('somebody rings a person up', () => {
  it('in one call of the cloud: the call is open, its owner seated, and it rings; the other one is told', async () => {
    await world.actions.profile(bob, { name: 'Bob' })
    const made = await world.actions.create(anna, {
      title: 'A call',
      cover: 'jade',
      requestId: 'call-1',
      kind: 'call',
      ring: { to: toBob, note: 'About the car' },
    })
    expect(made).toMatchObject({
      room: { kind: 'call', state: 'live' },
      seat: { seat: 1 },
      ring: { state: 'ringing', to: toBob, agent: { userId: bob.userId, name: 'Bob' }, endsInMs: RING_MS },
    })
    expect(news(bob)).toEqual(['ringing'])
    const { incoming, outgoing } = await status(bob)
    expect(incoming).toMatchObject({ ringId: made.ring?.ringId, from: { userId: anna.userId }, note: 'About the car' })
    expect(outgoing).toEqual([])
    expect((await status(anna)).outgoing).toMatchObject([{ state: 'ringing', queue: null }])
    // It is for those two: nobody finds it in a list.
    expect((await world.actions.list(carol, { kind: 'call' })).rooms).toEqual([])
  })

  it('asked for again with the same request it is the same call and the same ring', async () => {
    const [first, again] = await Promise.all([callUp(toBob), callUp(toBob)])
    expect(again.ringId).toBe(first.ringId)
    expect(rings()).toHaveLength(1)
    await cancel(first.ringId)
    expect((await callUp(toBob)).state).toBe('cancelled')
    expect(rings()).toHaveLength(1)
  })

  it('yes gives a seat, in the answer of enter; the caller is told, and a repeated yes is the same seat', async () => {
    const { ringId, roomId } = await callUp(toBob)
    const first = await accept(ringId)
    expect(first).toMatchObject({ room: { roomId }, seat: { seat: 2, epoch: 1 }, me: { userId: bob.userId } })
    expect(first.seat?.play).toMatchObject([{ userId: anna.userId, seat: 1 }])
    expect(news(anna)).toEqual(['ringing', 'accepted'])
    expect((await accept(ringId)).seat?.seat).toBe(2)
    expect((await status(anna, ringId)).outgoing).toMatchObject([
      { ringId, state: 'accepted', agent: { userId: bob.userId }, endsInMs: null },
    ])
    expect((await status(bob)).incoming).toBeNull()
  })

  it('no is told with its reason, once; nobody has missed anything', async () => {
    const { ringId } = await callUp(toBob)
    expect(await refuse(ringId, bob, true)).toEqual({ refused: true })
    expect(await refuse(ringId, bob, true)).toEqual({ refused: false })
    expect(news(anna)).toEqual(['ringing', 'refused'])
    expect((await status(anna, ringId)).outgoing).toMatchObject([{ state: 'refused', busy: true }])
    expect((await world.actions['call.missed'](bob, {})).calls).toEqual([])
    expect((await refusal(accept(ringId))).code).toBe('stale')
  })

  it('the caller gives up: the phone stops at once, and shows a missed call', async () => {
    const { ringId } = await callUp(toBob)
    expect(await cancel(ringId)).toEqual({ cancelled: true })
    expect(await cancel(ringId)).toEqual({ cancelled: false })
    expect(news(bob)).toEqual(['ringing', 'over'])
    expect((await status(bob)).incoming).toBeNull()
    expect((await refusal(accept(ringId))).code).toBe('stale')
    expect(await world.actions['call.missed'](bob, {})).toMatchObject({
      calls: [{ ringId, from: { userId: anna.userId }, why: 'cancelled' }],
      unseen: 1,
    })
  })

  it('nobody answers: it is over after its time, whoever asks first, and with the sweeper if nobody does', async () => {
    for (const ask of [() => status(anna), () => status(bob), () => world.sweep()]) {
      const roomId = await openCall(anna, `call-${rings().length}`)
      const { ringId } = (await invite(roomId, toBob, anna, `ring-${rings().length}`)).ring
      await pass(RING_MS - 1, { callers: [anna] })
      expect(ring(ringId).state).toBe('ringing')
      world.clock.now += 1
      await ask()
      expect(ring(ringId)).toMatchObject({ state: 'missed', sweepAt: 0 })
      expect(news(bob).at(-1)).toBe('over')
      expect(news(anna).at(-1)).toBe('missed')
      await world.actions.leave(anna, { roomId })
      world.clock.now += 1000
    }
    consistent()
  })

  it('a yes in the moment of the end counts, for as long as nobody has said that it is over', async () => {
    const { ringId } = await callUp(toBob)
    await pass(RING_MS, { callers: [] })
    world.clock.now -= 1
    expect((await accept(ringId)).seat?.seat).toBe(2)
  })

  it('who is in another call, on air, or rung already is busy: he is not disturbed, and finds a missed call', async () => {
    await openCall(bob, 'his')
    expect(await callUp(toBob)).toMatchObject({ state: 'refused', busy: true, endsInMs: null })
    expect(news(bob)).toEqual([])
    await liveRoom(world, carol)
    expect(await callUp({ userId: carol.userId }, dave)).toMatchObject({ state: 'refused', busy: true })
    const missed = await world.actions['call.missed'](carol, {})
    expect(missed.calls).toMatchObject([{ why: 'busy', from: { userId: dave.userId } }])
  })

  it('one phone and two rings: the second hears busy, and the first goes on', async () => {
    const [one, other] = await Promise.all([callUp(toBob, anna), callUp(toBob, carol)])
    expect([one, other].map(({ state }) => state).sort()).toEqual(['refused', 'ringing'])
    consistent()
  })

  it('several people are rung into one call, each from a seat in it, and not more than there are seats', async () => {
    const roomId = await openCall(anna, 'call-1', 2)
    await invite(roomId, toBob)
    expect((await refusal(invite(roomId, { userId: dave.userId }, carol))).code).toBe('not-on-stage')
    await world.actions.enter(carol, { roomId })
    const full = await refusal(invite(roomId, { userId: dave.userId }, carol))
    expect(full).toEqual({ code: 'full', details: { what: 'seats' } })
    // The seat that Bob was rung up for is taken: his yes finds none, and to the caller that is a no.
    const ringId = rings()[0]?._id ?? ''
    expect((await refusal(accept(ringId))).code).toBe('full')
    expect(ring(ringId)).toMatchObject({ state: 'refused', busy: true })
  })

  it('who comes by himself, or is in already, need not answer', async () => {
    const { ringId, roomId } = await callUp(toBob)
    await world.actions.enter(bob, { roomId })
    expect(ring(ringId).state).toBe('accepted')
    expect((await status(bob)).incoming).toBeNull()
    expect((await refusal(invite(roomId, toBob))).code).toBe('stale')
  })

  it('nobody rings himself up, nor into a show, nor whom an operator keeps out, nor a queue that does not exist', async () => {
    const roomId = await openCall()
    const code = async (call: Promise<unknown>) => (await refusal(call)).code
    expect(await code(invite(roomId, { userId: anna.userId }))).toBe('forbidden')
    world.clock.now += 1000
    expect(await code(invite(roomId, { queue: 'nowhere' }, anna, 'a'))).toBe('not-found')
    expect(await code(invite(roomId, toBob, anna, 'b'))).toBe('rate-limited')
    world.clock.now += 1000
    expect(await code(invite(roomId, { queue: 'nowhere' }, anna, 'b'))).toBe('not-found')
    await world.store.setBanned(bob.userId, true)
    world.clock.now += 1000
    expect(await code(invite(roomId, toBob, anna, 'c'))).toBe('banned')
    const show = await liveRoom(world, carol)
    expect(await code(invite(show.roomId, toBob, carol))).toBe('forbidden')
    const live = { title: 'A', cover: 'jade', requestId: 'x', ring: { to: toBob } } as const
    expect(await code(world.actions.create(dave, live))).toBe('bad-input')
    world.vendors.badWords.push('forbidden-word')
    const bad = { ...live, kind: 'call', ring: { to: { queue: 'desk' }, note: 'forbidden-word' } } as const
    expect(await refusal(world.actions.create(dave, bad))).toEqual({ code: 'text-refused', details: { field: 'note' } })
    expect(rings()).toEqual([])
  })
})

describe('the caller', () => {
  it('waits without pushing: his questions keep his seat, and without them the call is over', async () => {
    const { ringId, roomId } = await callUp({ queue: 'desk' })
    await pass(SEAT_HOLD_MS * 3, { callers: [anna] })
    await world.sweep()
    expect(await world.room(roomId)).toMatchObject({ state: 'live', onStage: [anna.userId] })
    world.clock.now += SEAT_HOLD_MS
    await world.sweep()
    expect(await world.room(roomId)).toMatchObject({ state: 'closed', reason: 'empty' })
    expect(ring(ringId).state).toBe('cancelled')
  })

  it('leaves, or closes the call: the other phone stops at once', async () => {
    for (const go of ['leave', 'close', 'seat.leave'] as const) {
      const { ringId, roomId } = await callUp(toBob, anna, go)
      await world.actions[go](anna, { roomId })
      expect(ring(ringId).state).toBe('cancelled')
      expect(news(bob).at(-1)).toBe('over')
      world.clock.now += 1000
    }
  })

  it('leaves a call that goes on: what he has asked for is over, what others have is not', async () => {
    const { ringId, roomId } = await callUp(toBob)
    await world.actions.enter(carol, { roomId })
    const hers = (await invite(roomId, { userId: dave.userId }, carol, 'hers')).ring.ringId
    await world.actions['seat.leave'](anna, { roomId })
    expect(ring(ringId).state).toBe('cancelled')
    expect(ring(hers).state).toBe('ringing')
  })

  it('has died: who answers is told, and comes into no empty call', async () => {
    const { ringId } = await callUp(toBob)
    world.clock.now += SEAT_HOLD_MS
    expect((await refusal(accept(ringId))).code).toBe('stale')
    expect(ring(ringId).state).toBe('cancelled')
  })

  it('has so many rings at a time, and no more', async () => {
    const roomId = await openCall()
    for (let i = 0; i < 5; i++) {
      await invite(roomId, { userId: `u${String(i).padStart(22, '0')}` }, anna, `ring-${i}`)
      world.clock.now += 1000
    }
    expect(await refusal(invite(roomId, toBob, anna, 'more'))).toEqual({ code: 'full', details: { what: 'rings' } })
  })
})

describe('missed calls', () => {
  it('are kept page by page, the newest first, and are news until they are seen', async () => {
    const ids: string[] = []
    for (const who of [anna, carol, dave]) {
      const { ringId } = await callUp(toBob, who)
      await cancel(ringId, who)
      ids.unshift(ringId)
      world.clock.now += 1000
    }
    const first = await world.actions['call.missed'](bob, { limit: 2 })
    expect(first).toMatchObject({ calls: ids.slice(0, 2).map((ringId) => ({ ringId })), unseen: 3 })
    const cursor = first.nextCursor ?? ''
    const second = await world.actions['call.missed'](bob, { limit: 2, cursor })
    expect(second).toMatchObject({ calls: [{ ringId: ids[2] }], nextCursor: null })
    await world.actions['call.missed'](bob, { seen: true })
    expect((await world.actions['call.missed'](bob, {})).unseen).toBe(0)
    expect((await refusal(world.actions['call.missed'](bob, { cursor: 'no' }))).code).toBe('bad-input')
    world.clock.now += 8 * 24 * 3600_000
    await world.sweep()
    expect(rings()).toEqual([])
  })
})

it('a lost message costs nothing: what rings is found by asking, and strangers find and change nothing', async () => {
  world.down.add('tell')
  const { ringId } = await callUp(toBob)
  expect((await status(bob)).incoming?.ringId).toBe(ringId)
  expect(await status(carol, ringId)).toEqual({ incoming: null, outgoing: [] })
  expect(await cancel(ringId, carol)).toEqual({ cancelled: false })
  expect(await refuse(ringId, carol)).toEqual({ refused: false })
  expect((await refusal(accept(ringId, carol))).code).toBe('stale')
  expect((await refusal(accept(`g${'0'.repeat(24)}`))).code).toBe('stale')
  expect((await accept(ringId)).seat?.seat).toBe(2)
})
