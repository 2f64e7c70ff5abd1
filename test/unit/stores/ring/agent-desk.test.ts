import { AGENT_BEAT_MS } from '../../../../miniprogram/protocol/ring'
import { settled } from '../../../support/fakes/clock'
import { queueView, RingPhone, ringView } from '../../../support/fakes/ring-service'

let phone: RingPhone
beforeEach(() => {
  phone = new RingPhone()
})
afterEach(() => {
  phone.scope.end()
  expect(phone.clock.pending).toBe(0)
})
const desk = () => phone.rings.desk

it('shows who waits, the longest first, over all queues', async () => {
  const waiting = (ringId: string, askedAt: number) => ringView({ ringId, askedAt, state: 'waiting', agent: null })
  phone.queues = [
    queueView({ waiting: [waiting('g2', 2), waiting('g3', 3)] }),
    queueView({ queue: 'claims', waiting: [waiting('g1', 1)] }),
  ]
  await desk().refresh()
  expect(desk().waiting.map(({ ringId }) => ringId)).toEqual(['g1', 'g2', 'g3'])
  expect(desk().state).toBe('ready')
})

it('signed on he can be reached, and beats; signed off he does not', async () => {
  await desk().refresh()
  await desk().setReady('desk', true)
  await settled()
  expect(desk().on).toBe(true)
  expect(phone.messenger.state).toBe('connected')
  const beats = () => phone.count('queue.ready')
  const before = beats()
  await phone.clock.pass(AGENT_BEAT_MS * 4)
  expect(beats() - before).toBeGreaterThanOrEqual(3)
  await desk().setReady('desk', false)
  expect(desk().on).toBe(false)
  const after = beats()
  await phone.clock.pass(AGENT_BEAT_MS * 4)
  expect(beats()).toBe(after)
})

it('a beat finds what rings, should its word be lost', async () => {
  await desk().setReady('desk', true)
  phone.incoming = ringView({ to: { queue: 'desk' } })
  await phone.clock.pass(AGENT_BEAT_MS * 1.2)
  expect(phone.rings.incoming?.ring.ringId).toBe('g1')
})

it('a beat that was overtaken by signing off says nothing', async () => {
  await desk().setReady('desk', true)
  await settled()
  const late = phone.hold('queue.ready')
  desk().look()
  await settled()
  const off = desk().setReady('desk', false)
  await late()
  await off
  expect(desk().on).toBe(false)
})

it('a second tap meanwhile does nothing; a refusal is told, and nothing beats', async () => {
  phone.refusals.set('queue.ready', 'forbidden')
  await Promise.all([desk().setReady('desk', true), desk().setReady('desk', true)])
  expect(desk()).toMatchObject({ on: false, busy: [], problem: { code: 'forbidden' } })
  expect(phone.count('queue.ready')).toBe(1)
  await phone.clock.pass(AGENT_BEAT_MS * 3)
  expect(phone.count('queue.ready')).toBe(1)
})

it('whoever is taken out of a queue hears it with the next beat, and that queue is gone', async () => {
  await desk().refresh()
  await desk().setReady('desk', true)
  phone.refusals.set('queue.ready', 'forbidden')
  await phone.clock.pass(AGENT_BEAT_MS * 1.2)
  expect(desk()).toMatchObject({ on: false, queues: [], problem: { code: 'forbidden' } })
})

it('the network is away: signing on says so, and beats go on as soon as it is back', async () => {
  await desk().setReady('desk', true)
  await settled()
  phone.refusals.set('queue.ready', 'network')
  await phone.clock.pass(AGENT_BEAT_MS * 2)
  expect(desk().on).toBe(true)
  phone.refusals.clear()
  const before = phone.count('queue.ready')
  await phone.clock.pass(10_000)
  expect(phone.count('queue.ready')).toBeGreaterThan(before)
})
