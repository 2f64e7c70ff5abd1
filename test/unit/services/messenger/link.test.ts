import type { ChatSocket } from '../../../../miniprogram/services/messenger/chat-socket'
import { Link } from '../../../../miniprogram/services/messenger/link'
import { ManualClock } from '../manual-clock'

/** A socket that does what the test says. */
class ScriptedSocket implements ChatSocket {
  sent: string[] = []
  closed = 0
  open: () => void = () => undefined
  message: (event: { data: string | ArrayBuffer }) => void = () => undefined
  end: (event: { code: number; reason: string }) => void = () => undefined
  fail: (event: { errMsg: string }) => void = () => undefined
  onOpen(handler: () => void) {
    this.open = handler
  }
  onMessage(handler: (event: { data: string | ArrayBuffer }) => void) {
    this.message = handler
  }
  onClose(handler: (event: { code: number; reason: string }) => void) {
    this.end = handler
  }
  onError(handler: (event: { errMsg: string }) => void) {
    this.fail = handler
  }
  send({ data }: { data: string }) {
    this.sent.push(data)
  }
  close() {
    this.closed += 1
  }
}

function world(chance = 0) {
  const clock = new ManualClock()
  clock.chance = chance
  const sockets: ScriptedSocket[] = []
  const log: string[] = []
  let refuse = false
  const link = new Link({
    url: 'ws://x',
    clock,
    connectSocket: () => {
      if (refuse) throw new Error('connectSocket:fail')
      const socket = new ScriptedSocket()
      sockets.push(socket)
      return socket
    },
    events: {
      hello: () => ({ c: 'hello', userId: 'u', userSig: 's', rooms: [] }),
      ready: (epoch) => log.push(`ready ${epoch}`),
      frame: (frame) => log.push(frame.c),
      down: () => log.push('down'),
      refused: (why) => log.push(why),
      badFrame: () => log.push('bad'),
    },
  })
  const last = () => sockets[sockets.length - 1] as ScriptedSocket
  const ready = () => {
    last().open()
    last().message({ data: '{"c":"ready","epoch":"e"}' })
  }
  return { clock, link, sockets, log, last, ready, refuseAll: () => (refuse = true) }
}

/** Time until the next socket, in steps of 1 ms. */
function timeToNext({ clock, sockets }: ReturnType<typeof world>, limit = 20_000): number {
  const before = sockets.length
  for (let ms = 1; ms <= limit; ms += 1) {
    clock.advance(1)
    if (sockets.length > before) return ms
  }
  return Number.POSITIVE_INFINITY
}

test.each([
  [0, [400, 680, 1156, 1966, 3341, 5680, 9656, 10_000, 10_000]],
  [0.999, [201, 341, 579, 984, 1673, 2843, 4833, 5005, 5005]],
])('with chance %d the waits grow from at most a second to at most ten', (chance, expected) => {
  const w = world(chance)
  w.link.start()
  const waits = expected.map(() => {
    w.last().fail({ errMsg: 'down' })
    w.last().end({ code: 1006, reason: '' })
    return timeToNext(w)
  })
  expect(waits).toEqual(expected)
})

test('only a connection that lasted for a ping makes the waits short again', () => {
  const w = world()
  w.link.start()
  for (const wait of [400, 680]) {
    w.ready()
    w.last().end({ code: 4003, reason: 'slow' })
    expect(timeToNext(w)).toBe(wait)
  }
  w.ready()
  w.clock.advance(10_000)
  w.last().message({ data: '{"c":"pong"}' })
  w.last().end({ code: 1006, reason: '' })
  expect(timeToNext(w)).toBe(400)
})

test('a socket that opens and says nothing is given up after 5 s', () => {
  const w = world()
  w.link.start()
  w.last().open()
  w.clock.advance(5_000)
  expect(w.sockets[0]?.closed).toBe(1)
  expect(timeToNext(w)).toBe(400)
})

test('a platform that throws instead of making a socket is tried again', () => {
  const w = world()
  w.refuseAll()
  w.link.start()
  expect(w.clock.pending).toBe(1)
  w.link.stop()
  expect(w.clock.pending).toBe(0)
})

test.each([
  [4001, 'unauthenticated'],
  [4002, 'kicked'],
])('close code %i ends it: %s, no further try and no timer', (code, why) => {
  const w = world()
  w.link.start()
  w.ready()
  w.last().end({ code, reason: '' })
  expect(w.log).toEqual(['ready e', why])
  expect(w.clock.pending).toBe(0)
})

test('what a socket says after it was let go is not heard', () => {
  const w = world()
  w.link.start()
  w.ready()
  const old = w.last()
  old.end({ code: 1006, reason: '' })
  w.clock.advance(400)
  w.ready()
  old.message({ data: '{"c":"kick","reason":"multipleDevice"}' })
  old.end({ code: 4002, reason: '' })
  expect(w.log).toEqual(['ready e', 'down', 'ready e'])
})

test('nothing is sent before ready, and a binary frame is a bad one', () => {
  const w = world()
  w.link.start()
  expect(w.link.send({ c: 'ping' })).toBe(false)
  w.ready()
  expect(w.link.send({ c: 'ping' })).toBe(true)
  w.last().message({ data: new ArrayBuffer(4) })
  expect(w.log).toEqual(['ready e', 'bad'])
})

test('stop closes the socket and ends every timer, in every state', () => {
  for (const reach of ['opening', 'usable', 'waiting', 'probing'] as const) {
    const w = world()
    w.link.start()
    if (reach !== 'opening') w.ready()
    if (reach === 'waiting') w.last().end({ code: 1006, reason: '' })
    if (reach === 'probing') w.link.wake()
    w.link.stop()
    expect([reach, w.clock.pending]).toEqual([reach, 0])
    expect(timeToNext(w, 12_000)).toBe(Number.POSITIVE_INFINITY)
  }
})
