import { RoomApiError } from '../../../miniprogram/services/room-api/port'
import { InFlight } from '../../../miniprogram/stores/in-flight'
import { provideKit, useKit } from '../../../miniprogram/stores/kit'
import { Lease } from '../../../miniprogram/stores/lease'
import { askedDelay, standardPlan } from '../../../miniprogram/stores/retry-plan'
import { FAULTS, type FaultCode, faultOf } from '../../../miniprogram/stores/room/fault'
import { ServerClock } from '../../../miniprogram/stores/server-clock'
import { FakeClock } from '../../support/fakes/clock'
import { World } from '../../support/fakes/world'

test('without installLiveKit the kit says what is missing; afterwards it is there', () => {
  expect(() => useKit()).toThrow(/installLiveKit\(config\).*app\.ts/)
  const { kit } = new World().phone('ann')
  provideKit(kit)
  expect(useKit()).toBe(kit)
})

test('a lease has one holder, and giving back twice does not take it from the next one', () => {
  const lease = new Lease()
  const first = lease.take()
  expect(lease.take()).toBeNull()
  first?.()
  const second = lease.take()
  first?.()
  expect([second === null, lease.take()]).toEqual([false, null])
})

test('calls of one name are joined while one is under way, and only then', async () => {
  const inFlight = new InFlight()
  let runs = 0
  const run = async () => {
    runs++
  }
  await Promise.all([inFlight.join('a', run), inFlight.join('a', run), inFlight.join('b', run)])
  expect(runs).toBe(2)
  await inFlight.join('a', run)
  expect(runs).toBe(3)
})

test('retries wait 0, 0.3, 1.2, 2.7, 4.8, then 7 s, with up to a second of jitter from the third on (P25)', () => {
  const waits = (random: number) =>
    [1, 2, 3, 4, 5, 6, 60].map((tries) => standardPlan(() => random).next({ tries, elapsedMs: 0 }))
  expect(waits(0)).toEqual([0, 300, 1200, 2700, 4800, 7000, 7000])
  expect(waits(0.5)).toEqual([0, 300, 1700, 3200, 5300, 7500, 7500])
})

test.each([
  [{ retryInMs: 1500 }, 1500],
  [{ retryInMs: -5 }, 0],
  [{ retryInMs: 'soon' }, 0],
  [{ retryInMs: 1e12 }, 60_000],
  [{}, 0],
])('a server that limits calls with %j is waited for %d ms', (details, ms) => {
  expect(askedDelay(new RoomApiError('rate-limited', 'slowly', details))).toBe(ms)
  expect(askedDelay(new RoomApiError('unavailable', 'x', details))).toBe(0)
})

test('the offset of the clock comes from the quickest answer, until that is old (M98)', () => {
  const local = new FakeClock()
  const clock = new ServerClock(local)
  const t = local.now()
  expect(clock.now()).toBe(t)
  clock.observe({ serverNow: t + 5000, sentAt: t, receivedAt: t + 100 })
  expect(clock.now() - t).toBe(4950)
  clock.observe({ serverNow: t + 9000, sentAt: t, receivedAt: t + 2000 })
  clock.observe({ serverNow: Number.NaN, sentAt: t, receivedAt: t + 1 })
  clock.observe({ serverNow: 0, sentAt: t + 10, receivedAt: t })
  expect(clock.now() - t).toBe(4950)
  clock.observe({ serverNow: t + 5000, sentAt: t, receivedAt: t + 20 })
  expect(clock.now() - t).toBe(4990)
  const later = t + 3_600_000
  clock.observe({ serverNow: later + 7000, sentAt: later, receivedAt: later + 400 })
  expect(clock.now() - t).toBe(6800)
})

test('every fault is fatal or leaves something to do, and every refusal of the server is one of them', () => {
  const codes = ['bad-input', 'unauthenticated', 'forbidden', 'not-found', 'room-closed', 'superseded'] as const
  for (const code of [...codes, 'rate-limited', 'unavailable', 'internal', 'network', 'timeout'] as const) {
    const found: FaultCode = faultOf(new RoomApiError(code, 'x')).code
    expect(FAULTS[found]).toMatchObject({ fatal: expect.any(Boolean), remedy: expect.any(String) })
  }
  expect(faultOf(new RoomApiError('already-live', 'x', { roomId: 'r' }))).toMatchObject({
    roomId: 'r',
    remedy: 'resume',
  })
  expect(faultOf(new TypeError('a fault of ours')).code).toBe('internal')
})
