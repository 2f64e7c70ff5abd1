import type { StagePlay } from '../../../../miniprogram/protocol/link'
import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { Latency, SAID_MS } from '../../../../miniprogram/stores/live-room/latency'
import { NO_COUNTS, RoomTruth } from '../../../../miniprogram/stores/room/room-truth'
import type { Admission } from '../../../../miniprogram/stores/room/side'
import type { Truth, Visit } from '../../../../miniprogram/stores/room/visit'
import { Scope } from '../../../../miniprogram/stores/scope'
import { FakeClock, settled } from '../../../support/fakes/clock'
import { roomView } from '../../../support/fakes/room-view'

const PLACE: StagePlay = { userId: 'ann', seat: 0, url: 'rtmp://x', expiresInMs: 1000 }
const playOf = (lowLatency: StagePlay | null) => ({ flv: 'f', hls: 'h', webrtc: null, rival: null, lowLatency })

/** Bob watches a room; `answer` is what the server says when he asks to come in again. */
function watching(answer: () => Promise<unknown>) {
  const clock = new FakeClock()
  const truth = new RoomTruth(clock)
  const calls: unknown[] = []
  let asked = 0
  const api = {
    call: (action: string, input: unknown) => {
      calls.push([action, input])
      return answer() as never
    },
  }
  const latency = new Latency({ api, truth })
  const scope = new Scope(clock)
  truth.open(roomView({ lowLatency: true }), NO_COUNTS)
  const visit = { roomId: 'r1', loop: { now: () => asked++ } } as unknown as Visit
  latency.entered({ visit, scope }, { play: playOf(null) } as unknown as Admission)
  return { clock, latency, scope, calls, asked: () => asked }
}

test('a place is asked for once, and the truth brings its address', async () => {
  const { latency, calls, asked } = watching(async () => ({ play: playOf(PLACE) }))
  expect([latency.offered, latency.on]).toEqual([true, false])
  await Promise.all([latency.turn(true), latency.turn(true)])
  expect(calls).toEqual([['enter', { roomId: 'r1', lowLatency: true }]])
  expect([latency.on, latency.full, latency.busy, asked()]).toEqual([true, false, false, 1])
})

test('where no place is free that is said for a while, and the ordinary picture goes on', async () => {
  const { latency, clock } = watching(async () => ({ play: playOf(null) }))
  await latency.turn(true)
  expect([latency.on, latency.full]).toEqual([false, true])
  clock.advance(SAID_MS)
  expect(latency.full).toBe(false)
})

test('a place given up is said to the server; one that ran out is known by the next answer', async () => {
  const { latency, calls } = watching(async () => ({ play: playOf(null) }))
  latency.answered({ play: playOf(PLACE) } as Truth)
  expect(latency.on).toBe(true)
  await latency.turn(false)
  expect(calls).toEqual([['enter', { roomId: 'r1', lowLatency: false }]])
  expect([latency.on, latency.full]).toEqual([false, false])
  latency.answered({ play: playOf(PLACE) } as Truth)
  latency.answered({ play: playOf(null) } as Truth)
  expect(latency.on).toBe(false)
})

test('without an answer the switch stays where it was', async () => {
  const { latency } = watching(async () => {
    throw new RoomApiError('network', 'down')
  })
  await latency.turn(true)
  expect([latency.on, latency.full, latency.busy]).toEqual([false, false, false])
})

test('an answer after the room was left changes nothing, and no timer stays (M67)', async () => {
  let reply = (_answer: unknown) => {}
  const { latency, scope, clock } = watching(() => new Promise((resolve) => (reply = resolve)))
  void latency.turn(true)
  await settled()
  scope.end()
  reply({ play: playOf(PLACE) })
  await settled()
  expect([latency.on, latency.busy, clock.pending]).toEqual([false, false, 0])
})
