import { RoomApiError } from '../../../../miniprogram/services/room-api/port'
import { Playback } from '../../../../miniprogram/stores/media/playback'
import type { Source } from '../../../../miniprogram/stores/media/playback-model'
import { Scope } from '../../../../miniprogram/stores/scope'
import { FakeClock } from '../../../support/fakes/clock'
import { FakePlayerTag } from '../../../support/fakes/media-tags'

const A = 'http://play/a.flv'
const B = 'http://play/b.flv'

/** A player that was told to play A; `truth` is what the server answers. */
async function watching(truth: Source = { address: A, live: true }) {
  const clock = new FakeClock()
  const scope = new Scope(clock)
  const faults: (string | null)[] = []
  const server = { truth, fails: 0, asked: 0, slow: null as Promise<Source> | null }
  const playback = new Playback({
    scope,
    retry: { next: ({ tries }) => (tries > 20 ? null : 100) },
    askSource: async () => {
      server.asked++
      if (server.fails-- > 0) throw new RoomApiError('network', 'gone')
      return server.slow ?? { ...server.truth }
    },
    onDoubt: () => {},
    onFault: (fault) => faults.push(fault?.code ?? null),
    log: () => {},
  })
  const tag = new FakePlayerTag(playback)
  playback.dispatch({ type: 'open', source: truth })
  await clock.pass(10)
  const on = async (...codes: number[]) => {
    for (const code of codes) playback.onCode(code)
    await clock.pass(0)
  }
  return { clock, scope, playback, tag, faults, server, on }
}

test('a spinner after 300 ms until the picture comes, in whichever order the platform tells it (P24)', async () => {
  const { clock, playback, tag, on } = await watching()
  expect([playback.state, playback.spinner, tag.playing]).toEqual(['connecting', false, A])
  await clock.pass(300)
  expect(playback.spinner).toBe(true)
  await on(2008, 2001, 2004)
  expect([playback.state, playback.spinner]).toEqual(['playing', false])
})

test('a platform without 2003 and 2004 is believed by two samples with data (P23)', async () => {
  const { playback } = await watching()
  playback.onNetStatus({ videoBitrate: 500 })
  expect(playback.state).toBe('connecting')
  playback.onNetStatus({ videoBitrate: 500 })
  expect(playback.state).toBe('playing')
})

test('no picture within 10 s: the server is asked, then it plays again', async () => {
  const { clock, tag, server } = await watching()
  await clock.pass(9900)
  expect(server.asked).toBe(0)
  await clock.pass(300)
  expect([server.asked, tag.done]).toEqual([1, ['play', 'stop', 'play']])
})

test('-2301 of a show that is over waits for the stream instead of blaming the network (P26)', async () => {
  const { clock, playback, tag, server, on } = await watching()
  await on(2004)
  server.truth = { address: A, live: false }
  await on(-2301)
  await clock.pass(60_000)
  expect([server.asked, tag.playing, playback.src, playback.spinner]).toEqual([1, null, '', false])
  playback.dispatch({ type: 'source', source: { live: true } })
  await clock.pass(10)
  expect(tag.playing).toBe(A)
})

test('a room without a stream is not played until there is one', async () => {
  const { clock, playback, tag } = await watching({ address: A, live: false })
  await clock.pass(60_000)
  expect([tag.done, playback.src]).toEqual([[], ''])
  playback.dispatch({ type: 'source', source: { live: true } })
  await clock.pass(10)
  expect(tag.playing).toBe(A)
})

test('another stream replaces the one that plays; a new signature of the same one does not', async () => {
  const { clock, playback, tag, on } = await watching()
  await on(2004)
  playback.dispatch({ type: 'source', source: { address: `${A}?sig=2`, live: true } })
  await clock.pass(10)
  expect(tag.done).toEqual(['play'])
  playback.dispatch({ type: 'source', source: { address: B, live: true } })
  await clock.pass(10)
  expect([tag.done, tag.playing]).toEqual([['play', 'stop', 'play'], B])
})

test('loading shows the spinner and is replayed after 10 s; a picture in time is enough (M95)', async () => {
  const { clock, playback, server, on } = await watching()
  await on(2004, 2007)
  await clock.pass(400)
  expect([playback.state, playback.spinner]).toEqual(['playing', true])
  await on(2004)
  expect(playback.spinner).toBe(false)
  await clock.pass(12_000)
  expect(server.asked).toBe(0)
  await on(2007)
  await clock.pass(10_500)
  expect(server.asked).toBe(1)
})

test('thirty lost frames in 10 s are a reason to play again, thirty in a minute are not', async () => {
  const few = await watching()
  await few.on(2004)
  for (let i = 0; i < 30; i++) {
    await few.on(2101)
    await few.clock.pass(2000)
  }
  expect(few.server.asked).toBe(0)
  const many = await watching()
  await many.on(2004, ...Array.from({ length: 30 }, () => 2107))
  await many.clock.pass(500)
  expect(many.server.asked).toBe(1)
})

test('a refused address is asked for once more, then it is a fault', async () => {
  const { clock, playback, faults, on } = await watching()
  await on(-2308)
  await clock.pass(200)
  await on(-2308)
  expect([playback.state, playback.src, faults]).toEqual(['stopped', '', ['play-refused']])
})

test('a renderer that fails gets a new tag once', async () => {
  const { clock, playback, tag, on } = await watching()
  await on(2109)
  expect([playback.active, tag.mounted]).toEqual([false, false])
  await clock.pass(200)
  expect([tag.mounted, tag.playing]).toEqual([true, A])
  await on(2109)
  expect(playback.active).toBe(true)
})

test('H.265 on a phone that cannot is told, and not tried again', async () => {
  const { clock, faults, server, on } = await watching()
  await on(-2304)
  await clock.pass(60_000)
  expect([faults, server.asked]).toEqual([['unsupported-codec'], 0])
})

test('6000 in the background plays again when shown; nothing is tried before (P14)', async () => {
  const { clock, playback, tag, server, on } = await watching()
  await on(2004)
  playback.dispatch({ type: 'hide' })
  await on(6000)
  await clock.pass(60_000)
  expect([playback.state, server.asked]).toEqual(['suspended', 0])
  playback.dispatch({ type: 'show' })
  await clock.pass(100)
  expect(tag.playing).toBe(A)
})

test('a player that hangs after the background is played again, one that lives is left alone', async () => {
  for (const alive of [true, false]) {
    const { clock, playback, server, on } = await watching()
    await on(2004)
    playback.dispatch({ type: 'hide' })
    await clock.pass(5000)
    playback.dispatch({ type: 'show' })
    await clock.pass(1000)
    if (alive) playback.onNetStatus({ videoBitrate: 400 })
    await clock.pass(4000)
    expect(server.asked).toBe(alive ? 0 : 1)
  }
})

test('a server that does not answer is asked again; an answer for the room before is dropped (M67)', async () => {
  const { clock, playback, tag, server, on } = await watching()
  await on(2004)
  server.fails = 3
  await on(-2301)
  await clock.pass(1000)
  expect([server.asked, tag.playing]).toEqual([4, A])
  let answer: (source: Source) => void = () => {}
  server.slow = new Promise((resolve) => {
    answer = resolve
  })
  await on(-2301)
  await clock.pass(200)
  playback.dispatch({ type: 'open', source: { address: B, live: true } })
  answer({ address: A, live: true })
  await clock.pass(100)
  expect(tag.playing).toBe(B)
})

test('paused, nothing is played until it is resumed: not on show, on news, on retry or by a late answer (M108)', async () => {
  const { clock, playback, tag, server, on } = await watching()
  await on(2004)
  playback.pause()
  await clock.pass(0)
  expect([playback.state, playback.src, tag.playing]).toEqual(['suspended', '', null])
  for (const event of [
    { type: 'hide' },
    { type: 'show' },
    { type: 'again' },
    { type: 'online' },
    { type: 'source', source: { address: B, live: true } },
    { type: 'answer', source: { address: B, live: true } },
  ] as const) {
    playback.dispatch(event)
  }
  await clock.pass(60_000)
  expect([tag.playing, server.asked]).toEqual([null, 0])
  server.truth = { address: B, live: true }
  playback.resume()
  await clock.pass(10)
  expect([playback.state, tag.playing]).toEqual(['connecting', B])
})

test('paused in a hidden page, a player goes on when the page is seen', async () => {
  const { clock, playback, tag } = await watching()
  playback.pause()
  playback.dispatch({ type: 'hide' })
  playback.resume()
  await clock.pass(10)
  expect(tag.playing).toBeNull()
  playback.dispatch({ type: 'show' })
  await clock.pass(10)
  expect(tag.playing).toBe(A)
})
