import { MessengerError, type Priority } from '../../../../miniprogram/services/messenger/port'
import { SendQueue } from '../../../../miniprogram/services/messenger/send-queue'
import { ManualClock } from '../manual-clock'

const PACE = { perSecond: 10, burst: 3, waiting: 4 }

function queueOf(clock = new ManualClock()) {
  const queue = new SendQueue(clock, PACE)
  const left: string[] = []
  const refused: string[] = []
  const push = (name: string, priority: Priority = 'normal') => {
    queue
      .run(priority, async () => void left.push(name))
      .catch((error: MessengerError) => refused.push(`${name}: ${error.code}`))
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return { clock, queue, left, refused, push, settled }
}

test('a burst leaves at once, the rest at the rate', async () => {
  const { clock, left, push } = queueOf()
  for (const name of ['a', 'b', 'c', 'd', 'e']) push(name)
  expect(left).toEqual(['a', 'b', 'c'])
  clock.advance(100)
  expect(left).toEqual(['a', 'b', 'c', 'd'])
  clock.advance(100)
  expect(left).toEqual(['a', 'b', 'c', 'd', 'e'])
})

test('P68 a signal never waits behind barrage: it leaves at once, on credit', () => {
  const { left, push } = queueOf()
  for (const name of ['a', 'b', 'c', 'd', 'e']) push(name)
  push('signal', 'high')
  expect(left).toEqual(['a', 'b', 'c', 'signal'])
})

test('the credit is paid back before barrage goes on, and signals beyond it go first', () => {
  const { clock, left, push } = queueOf()
  for (const name of ['a', 'b', 'c', 'd']) push(name)
  for (const name of ['1', '2', '3', '4']) push(name, 'high')
  expect(left).toEqual(['a', 'b', 'c', '1', '2', '3'])
  clock.advance(100)
  expect(left.at(-1)).toBe('4')
  clock.advance(300)
  expect(left.at(-1)).toBe('4')
  clock.advance(100)
  expect(left.at(-1)).toBe('d')
})

test('when too many wait, likes are refused first, then the youngest line', async () => {
  const { left, refused, push, settled } = queueOf()
  for (const name of ['a', 'b', 'c', 'd', 'e']) push(name)
  push('like', 'low')
  push('f')
  push('g')
  push('h')
  push('late like', 'low')
  await settled()
  expect(left).toEqual(['a', 'b', 'c'])
  expect(refused).toEqual(['like: rate-limited', 'h: rate-limited', 'late like: rate-limited'])
})

test('what is cleared is refused, leaves no timer, and the queue goes on afterwards', async () => {
  const { clock, queue, left, refused, push, settled } = queueOf()
  for (const name of ['a', 'b', 'c', 'd']) push(name)
  queue.clear(new MessengerError('offline', 'gone'))
  await settled()
  expect(refused).toEqual(['d: offline'])
  expect(clock.pending).toBe(0)
  push('e')
  clock.advance(100)
  expect(left).toEqual(['a', 'b', 'c', 'e'])
})

test('a message that fails says why, and holds up nobody', async () => {
  const { queue, left, push } = queueOf()
  await expect(queue.run('normal', () => Promise.reject(new Error('refused')))).rejects.toThrow('refused')
  push('a')
  expect(left).toEqual(['a'])
})
