import type { RingWish } from '../../../../miniprogram/stores/ring/types'
import { settled } from '../../../support/fakes/clock'
import { RingPhone, ringView } from '../../../support/fakes/ring-service'

let phone: RingPhone
beforeEach(() => {
  phone = new RingPhone('ann')
})
afterEach(() => {
  phone.scope.end()
  expect(phone.clock.pending).toBe(0)
})

const toBob: RingWish = { to: { userId: 'bob' }, title: 'A call', cover: 'jade', note: 'Hello' }
const toDesk: RingWish = { to: { queue: 'desk' }, title: 'A call', cover: 'jade' }
const state = () => phone.rings.outgoing.state
const call = async (wish = toBob) => {
  const done = phone.rings.call(wish)
  expect(state().phase).toBe('asking')
  await done
  await settled()
}
/** The server's ring is like this from now on, and the phone has asked. */
const becomes = async (to: Parameters<typeof ringView>[0]) => {
  phone.outgoing = phone.outgoing.map((ring) => ({ ...ring, ...to }))
  await phone.hint('ann')
}

it('is one call of the cloud, and from then on the truth is asked for often, which keeps the seat', async () => {
  await call()
  expect(phone.calls.filter(([action]) => action !== 'login')[0]).toMatchObject([
    'create',
    { kind: 'call', title: 'A call', ring: { to: { userId: 'bob' }, note: 'Hello' } },
  ])
  expect(state()).toMatchObject({ phase: 'ringing', endsAt: phone.clock.now() + 30_000 })
  const asked = phone.count('call.status')
  await phone.clock.pass(20_000)
  expect(phone.count('call.status') - asked).toBeGreaterThanOrEqual(4)
  expect(phone.calls.at(-1)).toEqual(['call.status', { ringIds: ['g1'] }])
})

it('a double tap is one call, and no other one begins while it rings', async () => {
  await Promise.all([phone.rings.call(toBob), phone.rings.call(toBob)])
  await phone.rings.call(toDesk)
  expect(phone.count('create')).toBe(1)
})

it('yes says where to go', async () => {
  await call()
  await becomes({ state: 'accepted', endsInMs: null })
  expect(state()).toMatchObject({ phase: 'accepted', roomId: 'r1' })
  phone.rings.outgoing.forget()
  expect(state().phase).toBe('none')
  expect(phone.count('leave')).toBe(0)
})

it.each([
  ['refused', false, 'refused'],
  ['refused', true, 'busy'],
  ['missed', false, 'missed'],
  ['cancelled', false, 'cancelled'],
] as const)(
  '%s (busy: %s) is told as %s; the call is left, and may be asked for once more',
  async (ends, busy, why) => {
    await call()
    await becomes({ state: ends, busy, endsInMs: null })
    expect(state()).toMatchObject({ phase: 'over', why })
    await settled()
    expect(phone.count('leave')).toBe(1)
    await phone.rings.outgoing.again()
    expect(phone.count('create')).toBe(2)
    const [first, second] = phone.calls.filter(([action]) => action === 'create').map(([, input]) => input)
    expect((first as { requestId: string }).requestId).not.toBe((second as { requestId: string }).requestId)
  },
)

it('the next call begins when the one before has been left, also if that was not heard the first time', async () => {
  await call()
  const go = phone.hold('leave')
  await becomes({ state: 'missed', endsInMs: null })
  const again = phone.rings.outgoing.again()
  await settled()
  expect(phone.count('create')).toBe(1)
  await go()
  await again
  expect(phone.count('create')).toBe(2)
  await becomes({ state: 'missed', endsInMs: null })
  phone.openRoom = 'r1'
  await phone.rings.outgoing.again()
  expect(state().phase).toBe('ringing')
  expect(phone.count('leave')).toBe(3)
})

it('somebody who is busy says so in the first answer', async () => {
  const go = phone.hold('create')
  const done = phone.rings.call(toBob)
  await go()
  await done
  await becomes({ state: 'refused', busy: true, endsInMs: null })
  expect(state()).toMatchObject({ phase: 'over', why: 'busy' })
})

it('a queue tells its place, and when it is somebody s turn', async () => {
  await call(toDesk)
  await becomes({ queue: { position: 2, agents: 0 } })
  expect(state()).toMatchObject({ phase: 'waiting', ring: { queue: { position: 2, agents: 0 } } })
  await becomes({ state: 'ringing', queue: null })
  expect(state().phase).toBe('ringing')
  await becomes({ state: 'waiting', queue: { position: 1, agents: 1 } })
  expect(state()).toMatchObject({ phase: 'waiting', ring: { queue: { position: 1 } } })
})

it('the user gives up: at once for him, and nothing brings it back', async () => {
  await call()
  const late = phone.hold('call.status')
  await phone.hint('ann')
  const done = phone.rings.outgoing.cancel()
  expect(state().phase).toBe('none')
  await done
  await late()
  await phone.clock.pass(10_000)
  expect(state().phase).toBe('none')
  expect(phone.calls.map(([action]) => action)).toEqual(expect.arrayContaining(['call.cancel', 'leave']))
})

it('he gives up before the server has answered: what was opened meanwhile is given up as well', async () => {
  const go = phone.hold('create')
  const asked = phone.rings.call(toBob)
  await phone.rings.outgoing.cancel()
  expect(phone.count('call.cancel')).toBe(0)
  await go()
  await asked
  expect(state().phase).toBe('none')
  expect(phone.count('call.cancel')).toBe(1)
  expect(phone.count('leave')).toBe(1)
})

it('a call that could not be opened says why; a lost answer is asked for with the same request', async () => {
  phone.refusals.set('create', 'network')
  await call()
  expect(state()).toMatchObject({ phase: 'failed', fault: { code: 'network' } })
  phone.refusals.clear()
  await phone.rings.outgoing.again()
  const ids = phone.calls.flatMap(([action, input]) =>
    action === 'create' ? [(input as { requestId: string }).requestId] : [],
  )
  expect(ids).toHaveLength(2)
  expect(new Set(ids).size).toBe(1)
})

it('the app was killed while it rang: the call goes on where it was, for who is there again', async () => {
  phone.outgoing = [
    ringView({ state: 'waiting', to: { queue: 'desk' }, agent: null, queue: { position: 1, agents: 1 } }),
  ]
  phone.rings.attend()
  phone.rings.look()
  await settled()
  expect(state()).toMatchObject({ phase: 'waiting', ring: { ringId: 'g1' } })
})
