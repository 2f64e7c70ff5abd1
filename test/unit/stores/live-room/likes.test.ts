import { LIMITS } from '../../../../miniprogram/protocol/limits'
import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { Likes } from '../../../../miniprogram/stores/live-room/likes'
import { Scope } from '../../../../miniprogram/stores/scope'
import { FakeClock } from '../../../support/fakes/clock'

function liking(total = 100) {
  const clock = new FakeClock()
  const scope = new Scope(clock)
  const likes = new Likes(scope)
  const counted: [at: number, n: number][] = []
  const told: number[] = []
  const refusals: RoomApiError[] = []
  const server = { total }
  const began = clock.now()
  likes.connect(
    {
      count: async (n) => {
        counted.push([clock.now() - began, n])
        const refusal = refusals.shift()
        if (refusal) throw refusal
        server.total += n
        return server.total
      },
      tellGroup: (n) => told.push(n),
    },
    total,
  )
  const hearts: number[] = []
  likes.onHearts((n) => hearts.push(n))
  return { clock, scope, likes, counted, told, refusals, server, hearts }
}

test('a tap draws and counts at once, whatever the server does', async () => {
  const { likes, hearts } = liking()
  likes.tap()
  expect([hearts, likes.total]).toEqual([[1], 101])
})

test('a storm of taps is at most one call a second, each within the limit, and none is lost', async () => {
  const { clock, likes, counted, told } = liking()
  for (let i = 0; i < 100; i++) {
    likes.tap()
    await clock.pass(50)
  }
  await clock.pass(5000)
  expect(counted.reduce((sum, [, n]) => sum + n, 0)).toBe(100)
  expect(told).toEqual(counted.map(([, n]) => n))
  for (const [i, [at, n]] of counted.entries()) {
    expect(n).toBeLessThanOrEqual(LIMITS.likesPerCall)
    if (i > 0) expect(at - (counted[i - 1]?.[0] ?? 0)).toBeGreaterThanOrEqual(1000)
  }
  expect(likes.total).toBe(200)
})

test('a stuck finger does not pile up calls for minutes', async () => {
  const { clock, likes, counted } = liking()
  for (let i = 0; i < 10_000; i++) likes.tap(50)
  await clock.pass(60_000)
  expect(counted.length).toBeLessThanOrEqual(6)
})

test.each([0, -1, Number.NaN])('%d hearts are none', async (n) => {
  const { clock, likes, counted, hearts } = liking()
  likes.tap(n)
  await clock.pass(2000)
  expect([counted, hearts, likes.total]).toEqual([[], [], 100])
})

test('likes that were refused for their number are sent again when the server says, drawn elsewhere once', async () => {
  const { clock, likes, counted, told, refusals } = liking()
  refusals.push(new RoomApiError('rate-limited', 'slowly', { retryInMs: 4000 }))
  likes.tap(3)
  await clock.pass(3900)
  expect(counted).toEqual([[0, 3]])
  await clock.pass(200)
  expect([counted, told, likes.total]).toEqual([
    [
      [0, 3],
      [4000, 3],
    ],
    [3],
    103,
  ])
})

test('likes that may have been counted are not sent twice', async () => {
  const { clock, likes, counted, refusals } = liking()
  refusals.push(new RoomApiError('timeout', 'no answer'))
  likes.tap(3)
  await clock.pass(20_000)
  expect([counted.length, likes.total]).toEqual([1, 100])
})

test("others' hearts are drawn a few at a time, and the rest of a flood is forgotten (promise 6)", async () => {
  const { clock, likes, hearts } = liking()
  for (let i = 0; i < 1000; i++) likes.receive(50)
  await clock.pass(10_000)
  expect(Math.max(...hearts)).toBeLessThanOrEqual(6)
  expect(hearts.reduce((sum, n) => sum + n, 0)).toBeLessThanOrEqual(40)
  expect(likes.total).toBe(100)
})

test('a total that arrives late never takes likes away', () => {
  const { likes } = liking()
  likes.learn(140)
  likes.learn(120)
  expect(likes.total).toBe(140)
})

test('an answer for the room before does not touch the next one (M67)', async () => {
  const { clock, likes } = liking()
  likes.tap(5)
  await Promise.resolve()
  likes.connect({ count: async () => 7, tellGroup: () => {} }, 7)
  await clock.pass(3000)
  expect(likes.total).toBe(7)
})

test('after the end a tap does nothing', async () => {
  const { clock, scope, likes, hearts, counted } = liking()
  scope.end()
  likes.tap()
  await clock.pass(5000)
  expect([hearts, counted, clock.pending]).toEqual([[], [], 0])
})
