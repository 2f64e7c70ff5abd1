import { AGENT_BEAT_MS } from '../../../miniprogram/protocol/ring'
import { QUEUE_WAIT_MS, RING_MS } from '../../support/room-config'
import { carol, dave, desk, ringCalls } from './ring-people'
import { anna, bob, openWorld, person, refusal, type World } from './world'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const { callUp, accept, refuse, cancel, status, ready, ring, pass, news, consistent } = ringCalls(() => world)
const erin = person('openid-erin')
const stateOf = async (who = anna) => (await status(who)).outgoing[0]

it('nobody is there: the customer hears that, and his place; the first agent who signs on is rung at once', async () => {
  const { ringId } = await callUp(desk)
  world.clock.now += 1000
  expect(await callUp(desk, carol)).toMatchObject({ state: 'waiting', queue: { position: 2, agents: 0 } })
  expect(await stateOf()).toMatchObject({ state: 'waiting', queue: { position: 1, agents: 0 } })
  const { incoming, queue } = await ready()
  expect(incoming?.ringId).toBe(ringId)
  expect(queue).toMatchObject({ ready: true, agents: 1, waiting: [{ from: { userId: carol.userId } }] })
  expect(await stateOf(carol)).toMatchObject({ queue: { position: 1, agents: 1 } })
})

it('the agent who has been free the longest is asked; with his yes he is in the call, and nobody asks him', async () => {
  await ready(bob)
  world.clock.now += 1000
  await ready(dave)
  const first = await callUp(desk)
  expect(first.agent?.userId).toBe(bob.userId)
  await accept(first.ringId, bob)
  expect((await callUp(desk, carol)).agent?.userId).toBe(dave.userId)
  expect(await callUp(desk, erin)).toMatchObject({ state: 'waiting', queue: { position: 1, agents: 2 } })
  // He hangs up, and says that he is still there.
  await world.actions['seat.leave'](bob, { roomId: first.roomId })
  world.clock.now += 10_000
  expect((await ready(bob)).incoming?.from.userId).toBe(erin.userId)
  consistent()
})

it('a no, and silence, go to the next agent; whoever said no is asked again only when nobody else is there', async () => {
  for (const who of [bob, dave]) {
    await ready(who)
    world.clock.now += 1000
  }
  const { ringId } = await callUp(desk)
  await refuse(ringId, bob)
  expect(news(anna)).toEqual(['ringing', 'waiting', 'ringing'])
  expect(ring(ringId).agentId).toBe(dave.userId)
  await pass(RING_MS, { callers: [anna], agents: [bob, dave] })
  // Dave was silent: his phone stops, and it is Bob's turn again.
  expect(news(dave)).toEqual(['ringing', 'over'])
  expect(ring(ringId)).toMatchObject({ state: 'ringing', agentId: bob.userId })
  expect((await accept(ringId, bob)).seat?.seat).toBe(2)
  expect((await refusal(accept(ringId, dave))).code).toBe('stale')
})

it('the only agent says no: the customer waits, and is offered again after a while, not at once', async () => {
  await ready()
  const { ringId } = await callUp(desk)
  await refuse(ringId)
  expect(await stateOf()).toMatchObject({ state: 'waiting', queue: { position: 1, agents: 1 } })
  await pass(RING_MS, { callers: [anna], agents: [bob] })
  expect(ring(ringId)).toMatchObject({ state: 'ringing', agentId: bob.userId })
})

it('a phone that has died is passed over, also while it rings', async () => {
  await ready(bob)
  world.clock.now += AGENT_BEAT_MS * 3 - 1000
  await ready(dave)
  const { ringId, agent } = await callUp(desk)
  expect(agent?.userId).toBe(bob.userId)
  await pass(AGENT_BEAT_MS, { callers: [anna], agents: [dave] })
  expect(ring(ringId).agentId).toBe(dave.userId)
  await cancel(ringId)
  world.clock.now += 1000
  expect((await callUp(desk, carol)).agent?.userId).toBe(dave.userId)
})

it('an agent signs off, also while it rings: the next one is asked', async () => {
  await ready(bob)
  world.clock.now += 1000
  await ready(dave)
  const { ringId } = await callUp(desk)
  expect((await ready(bob, false)).queue).toMatchObject({ ready: false, agents: 1 })
  expect(ring(ringId).agentId).toBe(dave.userId)
  await ready(dave, false)
  expect(await stateOf()).toMatchObject({ state: 'waiting', queue: { agents: 0 } })
})

it('an agent who is in another call already is not disturbed', async () => {
  await ready(bob)
  await world.actions.create(bob, { title: 'His', cover: 'jade', requestId: 'his', kind: 'call' })
  expect(await callUp(desk)).toMatchObject({ state: 'waiting' })
  expect(news(bob)).toEqual([])
})

it('an agent picks somebody who waits: two at once, one gets him, and the other hears that it is too late', async () => {
  const { ringId } = await callUp(desk)
  const answers = await Promise.allSettled([accept(ringId, bob), accept(ringId, dave)])
  expect(answers.map(({ status: outcome }) => outcome).sort()).toEqual(['fulfilled', 'rejected'])
  const rejected = answers.find((each) => each.status === 'rejected')
  expect(rejected?.reason).toMatchObject({ code: 'stale' })
  expect((await world.room(ring(ringId).roomId)).onStage).toHaveLength(2)
})

it('an agent picks another one than whom he is rung for: that one goes to the next agent', async () => {
  await ready(bob)
  const first = await callUp(desk)
  world.clock.now += 1000
  const second = await callUp(desk, carol)
  await accept(second.ringId, bob)
  expect(ring(first.ringId)).toMatchObject({ state: 'waiting', agentId: '' })
  consistent()
})

it('who has waited for too long is told, and the agents find him among the missed calls', async () => {
  const { ringId } = await callUp(desk, anna, 'call-1', 'Please help')
  await pass(QUEUE_WAIT_MS - 1000, { callers: [anna] })
  expect(ring(ringId).state).toBe('waiting')
  await pass(1000, { callers: [anna] })
  expect(ring(ringId).state).toBe('missed')
  expect(await world.actions['call.missed'](bob, {})).toMatchObject({
    calls: [{ to: desk, note: 'Please help', why: 'missed' }],
    unseen: 1,
  })
})

it('a customer who has died is not offered: the next one is', async () => {
  await callUp(desk)
  world.clock.now += RING_MS
  await callUp(desk, carol)
  expect((await ready()).incoming?.from.userId).toBe(carol.userId)
})

describe('who may be an agent', () => {
  const admin = (action: 'queue.set' | 'queue.agent' | 'queue.remove' | 'queue.list', input: object) =>
    world.admin.run({ by: 'operator', settings: {} }, action, input as never)
  const claims = { queue: 'claims' }

  it('operators say, for each queue; nobody else comes in, and nobody sees who waits there', async () => {
    expect((await refusal(ready(bob, true, 'claims'))).code).toBe('not-found')
    await admin('queue.set', { ...claims, title: 'Claims' })
    expect((await refusal(ready(bob, true, 'claims'))).code).toBe('forbidden')
    const { ringId } = await callUp(claims)
    expect((await refusal(accept(ringId, bob))).code).toBe('stale')
    expect((await world.actions['queue.list'](bob, {})).queues.map(({ queue }) => queue)).toEqual(['desk'])
    await admin('queue.agent', { ...claims, userId: bob.userId, on: true })
    expect((await world.actions['queue.list'](bob, {})).queues).toMatchObject([
      { queue: 'claims', title: 'Claims', waiting: [{ ringId }] },
      { queue: 'desk', title: '', waiting: [] },
    ])
    expect((await ready(bob, true, 'claims')).incoming?.ringId).toBe(ringId)
    expect(await admin('queue.list', {})).toMatchObject({
      queues: [
        { queue: 'claims', title: 'Claims', agents: [bob.userId], open: false },
        { queue: 'desk', open: true },
      ],
    })
  })

  it('whoever is taken out of a queue is rung no more, and a queue that is gone rings nobody', async () => {
    await admin('queue.set', { ...claims, title: 'Claims' })
    await admin('queue.agent', { ...claims, userId: bob.userId, on: true })
    await ready(bob, true, 'claims')
    const { ringId } = await callUp(claims)
    await admin('queue.agent', { ...claims, userId: bob.userId, on: false })
    expect(ring(ringId)).toMatchObject({ state: 'waiting', agentId: '' })
    expect((await refusal(ready(bob, true, 'claims'))).code).toBe('forbidden')
    expect(await admin('queue.remove', claims)).toEqual({ removed: true })
    expect((await refusal(callUp(claims, carol))).code).toBe('not-found')
    expect((await refusal(admin('queue.agent', { ...claims, userId: bob.userId, on: true }))).code).toBe('not-found')
  })

  it('a queue has so many agents, and no more', async () => {
    await admin('queue.set', { ...claims, title: 'Claims' })
    const add = (i: number) => world.store.setAgent('claims', `u${i}`, true, 3)
    for (let i = 0; i < 3; i++) expect(await add(i)).not.toBeNull()
    expect(await add(3)).toBeNull()
    expect((await add(2))?.agents).toHaveLength(3)
  })
})
