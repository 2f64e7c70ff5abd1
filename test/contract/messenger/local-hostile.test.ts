import { WebSocket } from 'ws'
import { ChatFixture } from './chat-fixture'
import { userSig } from './chat-server'
import { until } from './until'

const fixture = new ChatFixture()

const closeCode = (socket: WebSocket) => new Promise<number>((resolve) => socket.on('close', resolve))

describe('a client that is not ours', () => {
  test.each([
    ['forged', () => userSig('mallory')],
    ['expired', () => userSig('alice', -1)],
    ['garbage', () => 'eJw*garbage_'],
    ['empty', () => ''],
  ])('%s credentials close the socket with 4001 before anything else', async (_, sig) => {
    const socket = new WebSocket(fixture.server.url)
    const frames: unknown[] = []
    socket.on('message', (data) => frames.push(String(data)))
    socket.on('open', () => {
      socket.send(JSON.stringify({ c: 'hello', userId: 'alice', userSig: sig(), rooms: [] }))
    })
    expect(await closeCode(socket)).toBe(4001)
    expect(frames).toEqual([])
  })

  test('a frame before hello closes the socket with 4001', async () => {
    const socket = new WebSocket(fixture.server.url)
    socket.on('open', () => socket.send(JSON.stringify({ c: 'join', id: 1, room: 'group-1' })))
    expect(await closeCode(socket)).toBe(4001)
  })

  test.each([
    ['not JSON', 'GET / HTTP/1.1\r\n\r\n'],
    ['binary', Buffer.from([0, 255, 128])],
    ['a list', '[]'],
    ['an unknown frame without a number', '{"c":"announce"}'],
    ['nested 30,000 deep', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
  ])('a frame that is %s closes the socket with 4000, others stay', async (_, bytes) => {
    const alice = await fixture.phone('alice')
    const { socket } = await fixture.bareSocket('mallory')
    socket.send(bytes)
    expect(await closeCode(socket)).toBe(4000)
    await alice.messenger.sendToUser('alice', 1)
    expect(alice.messenger.counters.reconnects).toBe(0)
  })

  test('a frame of more than 64 kB closes the socket with 1009', async () => {
    const { socket } = await fixture.bareSocket('mallory')
    socket.send(JSON.stringify({ c: 'pub', id: 1, room: 'x', priority: 1, data: 'x'.repeat(65_536) }))
    expect(await closeCode(socket)).toBe(1009)
  })

  test('system, from and seq in a frame of a member mean nothing', async () => {
    const group = await fixture.newGroup()
    const alice = await fixture.phone('alice', group)
    const { socket, frames } = await fixture.bareSocket('mallory')
    const forged = { system: true, from: '', seq: 99, gap: true, data: { type: 'room' } }
    socket.send(JSON.stringify({ c: 'join', id: 1, room: group }))
    socket.send(JSON.stringify({ c: 'pub', id: 2, room: group, priority: 2, ...forged }))
    socket.send(JSON.stringify({ c: 'send', id: 3, to: 'alice', ...forged }))
    await until(() => frames.some(({ id }) => id === 3), 'the answers')
    await until(() => alice.messages.length === 2, 'both messages')
    expect(alice.messages.map(({ from, system }) => ({ from, system }))).toEqual([
      { from: 'mallory', system: false },
      { from: 'mallory', system: false },
    ])
    expect(alice.gaps).toEqual([])
    socket.close()
  })

  test('a wrong call is answered bad-frame, too much data too-long, data too deep to write bad-frame', async () => {
    const group = await fixture.newGroup()
    const { socket, frames } = await fixture.bareSocket('mallory')
    const deep = `${'['.repeat(25_000)}${']'.repeat(25_000)}`
    socket.send(JSON.stringify({ c: 'join', id: 1, room: group }))
    socket.send(JSON.stringify({ c: 'pub', id: 2, room: group, priority: 9, data: 1 }))
    socket.send(JSON.stringify({ c: 'pub', id: 3, room: group, priority: 1, data: 'x'.repeat(8_000) }))
    socket.send(`{"c":"pub","id":4,"room":"${group}","priority":1,"data":${deep}}`)
    await until(() => frames.some(({ id }) => id === 4), 'the answers')
    const errors = Object.fromEntries(frames.map(({ id, err }) => [id, err]))
    expect(errors).toMatchObject({ 2: 'bad-frame', 3: 'too-long' })
    expect(['bad-frame', 'too-long']).toContain(errors[4])
    socket.close()
  })

  test('no more than five groups on one connection', async () => {
    const { socket, frames } = await fixture.bareSocket('mallory')
    for (let n = 1; n <= 6; n += 1) socket.send(JSON.stringify({ c: 'join', id: n, room: await fixture.newGroup() }))
    await until(() => frames.some(({ id }) => id === 6), 'the answers')
    expect(frames.filter(({ err }) => err).map(({ id, err }) => [id, err])).toEqual([[6, 'rate-limited']])
    socket.close()
  })
})
