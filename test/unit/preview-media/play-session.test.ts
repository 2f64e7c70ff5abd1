import { flvHeader, flvTag, VIDEO } from '../../../preview/media/flv'
import type { EngineEvents, PlayEngine } from '../../../preview/media/play-engine'
import { PlaySession, SILENT_MS } from '../../../preview/media/play-session'
import { socketFactory } from './support/fake-socket'

function setUp() {
  const net = socketFactory()
  const seen = {
    codes: [] as number[],
    net: [] as { videoBitrate: number }[],
    playing: [] as boolean[],
    volumes: [] as number[],
  }
  const calls: string[] = []
  let events: EngineEvents | undefined
  const engine = {
    begin: () => calls.push('begin'),
    bytes: (chunk: Uint8Array) => calls.push(`bytes ${chunk.length}`),
    tag: () => calls.push('tag'),
    setGain: () => {},
    setPaused: () => {},
    volume: (): number | null => 40,
    frames: 0,
    cache: 0,
    destroy: () => calls.push('destroy'),
  }
  const session = new PlaySession(
    {
      openSocket: net.open,
      engine(given) {
        events = given
        return engine as unknown as PlayEngine
      },
    },
    {
      state: (code) => seen.codes.push(code),
      net: (info) => seen.net.push(info),
      volume: (level) => seen.volumes.push(level),
      playing: (on) => seen.playing.push(on),
    },
  )
  const on = (): EngineEvents => {
    if (!events) throw new Error('no engine yet')
    return events
  }
  const stream = (bytes: Uint8Array) => net.last.receive(bytes.slice().buffer)
  return { session, net, seen, calls, on, stream, engine }
}

beforeEach(() => jest.useFakeTimers())
afterEach(() => {
  expect(jest.getTimerCount()).toBe(0)
  jest.useRealTimers()
})

test('the way to a picture is 2001, 2002, 2003, 2004', () => {
  const { session, net, seen, calls, on, stream } = setUp()
  session.play('ws://x/live/a.flv')
  net.last.open()
  stream(flvHeader(false, true))
  stream(flvTag(VIDEO, 0, new Uint8Array(5)))
  on().first()
  expect(seen.codes).toEqual([2001, 2002, 2003, 2004])
  expect(calls).toEqual(['begin', 'bytes 13', 'bytes 20', 'tag'])
  expect(seen.playing.at(-1)).toBe(true)
  session.destroy()
})

test('a stall is 2007 and ends with 2004', () => {
  const { session, on, seen } = setUp()
  session.play('ws://x/live/a.flv')
  on().stalled()
  on().resumed()
  expect(seen.codes).toEqual([2007, 2004])
  session.destroy()
})

test('a lost stream is asked for three times, then given up', async () => {
  const { session, net, seen } = setUp()
  session.play('ws://x/live/a.flv')
  for (let i = 0; i < 4; i++) {
    net.last.end(4004, 'no such stream')
    await jest.advanceTimersByTimeAsync(3000)
  }
  expect(seen.codes).toEqual([2103, 2103, 2103, -2301])
  expect([net.sockets.length, session.active]).toEqual([4, false])
  session.destroy()
})

test('a picture in between makes the failures count anew', async () => {
  const { session, net, seen, on } = setUp()
  session.play('ws://x/live/a.flv')
  for (let i = 0; i < 6; i++) {
    on().first()
    net.last.end(1006)
    await jest.advanceTimersByTimeAsync(1000)
  }
  expect(seen.codes).not.toContain(-2301)
  session.destroy()
})

test('a refused stream is not asked for again', async () => {
  const { session, net, seen } = setUp()
  session.play('ws://x/live/a.flv')
  net.last.end(4003, 'txSecret mismatch')
  await jest.advanceTimersByTimeAsync(10_000)
  expect([seen.codes, net.sockets.length]).toEqual([[-2308], 1])
  session.destroy()
})

test('a server that is silent is left, though nobody closed the socket', async () => {
  const { session, net, seen, stream } = setUp()
  session.play('ws://x/live/a.flv')
  net.last.open()
  stream(flvHeader(false, true))
  const silent = net.last
  await jest.advanceTimersByTimeAsync(SILENT_MS + 4000)
  expect(seen.codes).toContain(2103)
  expect([silent.closed, net.sockets.length]).toEqual([true, 2])
  session.destroy()
})

test('bytes that are no FLV end the connection, not the page', () => {
  const { session, net, seen, stream } = setUp()
  session.play('ws://x/live/a.flv')
  stream(new Uint8Array(40))
  expect([seen.codes, net.last.closed]).toEqual([[2002, 2103], true])
  session.destroy()
})

test('stopped in any state opens nothing more and says nothing more', async () => {
  const { session, net, seen } = setUp()
  session.play('ws://x/live/a.flv')
  net.last.end(1006)
  session.stop()
  await jest.advanceTimersByTimeAsync(20_000)
  expect([net.sockets.length, seen.codes]).toEqual([1, [2103]])
  session.destroy()
})

test('another address closes the first socket, whose late end means nothing', () => {
  const { session, net, seen } = setUp()
  session.play('ws://x/live/a.flv')
  const first = net.last
  session.play('ws://x/live/b.flv')
  first.end(1006)
  expect([first.closed, net.last.url, seen.codes]).toEqual([true, 'ws://x/live/b.flv', []])
  session.destroy()
})

test('the bitrate is reported every two seconds', async () => {
  const { session, net, seen, stream } = setUp()
  session.play('ws://x/live/a.flv')
  net.last.open()
  stream(flvHeader(false, true))
  stream(flvTag(VIDEO, 0, new Uint8Array(50_000)))
  await jest.advanceTimersByTimeAsync(2000)
  expect(seen.net.map(({ videoBitrate }) => videoBitrate)).toEqual([200])
  session.destroy()
})

test('how loud it is comes while it plays, from an engine that knows', () => {
  const { session, seen, engine } = setUp()
  jest.advanceTimersByTime(1000)
  expect(seen.volumes).toEqual([])
  session.play('ws://x/live/a.flv')
  jest.advanceTimersByTime(600)
  expect(seen.volumes).toEqual([40, 40])
  engine.volume = () => null
  jest.advanceTimersByTime(600)
  session.stop()
  engine.volume = () => 40
  jest.advanceTimersByTime(600)
  expect(seen.volumes).toEqual([40, 40])
  session.destroy()
})
