import { EventEmitter } from 'node:events'
import type { WebSocket } from 'ws'
import { zeroCounters } from '../../../../local/im/counters'
import { Outbox, QUEUE } from '../../../../local/im/outbox'

class FakeSocket extends EventEmitter {
  bufferedAmount = 0
  sent: string[] = []
  closedWith: number[] = []
  terminated = 0
  send(text: string) {
    this.sent.push(text)
  }
  close(code: number) {
    this.closedWith.push(code)
  }
  terminate() {
    this.terminated += 1
    this.emit('close')
  }
}

function world() {
  const socket = new FakeSocket()
  const counters = zeroCounters()
  const stream = { cork: jest.fn(), uncork: jest.fn() }
  return { socket, counters, stream, outbox: new Outbox(socket as unknown as WebSocket, counters, stream) }
}

beforeEach(() => jest.useFakeTimers())
afterEach(() => jest.useRealTimers())

test('above the soft bound likes are dropped, the rest is still sent', () => {
  const { socket, counters, outbox } = world()
  socket.bufferedAmount = QUEUE.soft + 1
  outbox.send('like', 0)
  outbox.send('barrage', 1)
  expect(socket.sent).toEqual(['barrage'])
  expect(counters).toMatchObject({ dropped: 1, sent: 1 })
})

test('above the hard bound the reader is closed with 4003, and ended when it does not even take that', () => {
  const { socket, counters, outbox } = world()
  socket.bufferedAmount = QUEUE.hard + 1
  outbox.send('signal', 2)
  outbox.send('signal', 2)
  expect(socket.sent).toEqual([])
  expect(socket.closedWith).toEqual([4003])
  expect(counters.slow).toBe(1)
  jest.advanceTimersByTime(1000)
  expect(socket.terminated).toBe(1)
})

test('what is sent in one turn leaves in one write, the next turn in another', () => {
  const { outbox, stream } = world()
  outbox.send('a', 1)
  outbox.send('b', 1)
  expect([stream.cork.mock.calls.length, stream.uncork.mock.calls.length]).toEqual([1, 0])
  jest.runAllTicks()
  jest.advanceTimersByTime(0)
  expect(stream.uncork).toHaveBeenCalledTimes(1)
  outbox.send('c', 1)
  expect(stream.cork).toHaveBeenCalledTimes(2)
})

test('a reader that takes its farewell leaves no timer', () => {
  const { socket, outbox } = world()
  outbox.close(4002, 'kicked')
  socket.emit('close')
  expect(jest.getTimerCount()).toBe(0)
})
