import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { ChatCredentials } from '../../../miniprogram/protocol/actions'
import type { ConnectSocket } from '../../../miniprogram/services/messenger/chat-socket'
import { LocalMessenger } from '../../../miniprogram/services/messenger/local'
import { ManualClock } from '../../unit/services/manual-clock'
import { ChatFixture } from './chat-fixture'
import { connectSocket } from './node-socket'
import { until } from './until'

const fixture = new ChatFixture()

const oddServers: WebSocketServer[] = []
afterEach(() => {
  for (const server of oddServers.splice(0)) {
    for (const client of server.clients) client.terminate()
    server.close()
  }
})

/** A server that answers every first frame in a way of its own; gives credentials that lead to it. */
async function oddServer(answer: (socket: WebSocket) => void): Promise<ChatCredentials> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  oddServers.push(server)
  server.on('connection', (socket) => socket.once('message', () => answer(socket)))
  await new Promise((resolve) => server.on('listening', resolve))
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { kind: 'local', url, userId: 'alice', userSig: 'x', expiresInMs: 60_000 }
}

describe('a socket that is not what it seems', () => {
  /** Messengers on a clock of their own, whose sockets can be frozen: open, and deaf both ways. */
  function world() {
    const clock = new ManualClock()
    const frozen = new Set<number>()
    let sockets = 0
    const freezing: ConnectSocket = (options) => {
      sockets += 1
      const mine = sockets
      const socket = connectSocket(options)
      const heard =
        <T>(handler: (event: T) => void) =>
        (event: T) => {
          if (!frozen.has(mine)) handler(event)
        }
      return {
        onOpen: (handler) => socket.onOpen(() => heard(handler)(undefined)),
        onMessage: (handler) => socket.onMessage(heard(handler)),
        onClose: (handler) => socket.onClose(heard(handler)),
        onError: (handler) => socket.onError(heard(handler)),
        send: (options) => heard(socket.send)(options),
        close: () => undefined,
      }
    }
    const phone = fixture.watch(new LocalMessenger({ connectSocket: freezing, clock }))
    return { ...phone, clock, freeze: () => frozen.add(sockets) }
  }

  test('two pings without an answer: a new socket, and the old one, still open at the server, kicks nobody', async () => {
    const group = await fixture.newGroup()
    const alice = world()
    await alice.messenger.login(fixture.server.credentials('alice'))
    await alice.messenger.joinGroup(group)
    alice.freeze()
    alice.clock.advance(29_000)
    expect(alice.messenger.state).toBe('connected')
    alice.clock.advance(1_000)
    expect(alice.messenger.state).toBe('disconnected')
    alice.clock.advance(400)
    await until(() => alice.messenger.state === 'connected', 'the second socket')
    await fixture.server.announce(group, 'still here')
    await until(() => alice.messages.length > 0, 'the message')
    expect(alice.kicks).toEqual([])
    expect(fixture.server.chat.stats().users).toBe(1)
  })

  test('after wake a dead socket is noticed within 3 s, and a waiting one tries at once', async () => {
    const alice = world()
    await alice.messenger.login(fixture.server.credentials('alice'))
    alice.freeze()
    alice.messenger.wake()
    alice.clock.advance(3_000)
    expect(alice.messenger.state).toBe('disconnected')
    alice.messenger.wake()
    await until(() => alice.messenger.state === 'connected', 'the second socket')
  })

  test('a server that accepts and never answers: the login times out after 10 s and nothing is left running', async () => {
    const alice = world()
    const login = alice.messenger.login(await oddServer(() => undefined))
    const settled = expect(login).rejects.toMatchObject({ name: 'MessengerError', code: 'timeout' })
    await alice.clock.pass(10_000)
    await settled
    expect(alice.states).toEqual(['connecting', 'offline'])
    expect(alice.clock.pending).toBe(0)
  })

  test('a join that is not answered times out after 10 s; the login goes on', async () => {
    const group = await fixture.newGroup()
    const alice = world()
    await alice.messenger.login(fixture.server.credentials('alice'))
    alice.freeze()
    const settled = expect(alice.messenger.joinGroup(group)).rejects.toMatchObject({ code: 'timeout' })
    alice.clock.advance(10_000)
    await settled
    expect(alice.messenger.state).toBe('connected')
  })

  test('logout ends every timer and settles everything that waits', async () => {
    const group = await fixture.newGroup()
    const alice = world()
    await alice.messenger.login(fixture.server.credentials('alice'))
    alice.freeze()
    const waiting = [alice.messenger.joinGroup(group), alice.messenger.sendToUser('bob', 1)]
    alice.messenger.logout()
    const outcomes = await Promise.allSettled(waiting)
    expect(outcomes.map((o) => (o.status === 'rejected' ? o.reason.code : o.status))).toEqual(['offline', 'offline'])
    expect(alice.clock.pending).toBe(0)
  })

  test('garbage from the server is counted and ignored', async () => {
    const garbage = ['', '{', 'null', '[]', '7', '{"c":"msg"}', '{"c":"ready"}', '{"c":"ack","id":"x"}', '{"c":"kick"}']
    const credentials = await oddServer((socket) => {
      for (const text of garbage) socket.send(text)
      socket.send(JSON.stringify({ c: 'ack', id: 999, data: { seq: 1, online: 1 } }))
      socket.send(JSON.stringify({ c: 'msg', room: 'not joined', seq: 1, from: 'x', data: 1 }))
      socket.send(JSON.stringify({ c: 'ready', epoch: 'e' }))
    })
    const alice = world()
    await alice.messenger.login(credentials)
    expect(alice.messenger.counters.badFrames).toBe(garbage.length)
    expect(alice.messages).toEqual([])
  })
})
