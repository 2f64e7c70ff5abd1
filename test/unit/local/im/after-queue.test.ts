import { AfterQueue, WAITING_MAX } from '../../../../local/im/after-queue'
import type { CallbackClient } from '../../../../local/im/callback-client'

/** A receiver that answers when it is told to. */
function world() {
  const begun: unknown[] = []
  const answers: (() => void)[] = []
  const receiver = {
    closed: false,
    post: (_command: string, event: object) => {
      begun.push(event)
      return new Promise<void>((resolve) => answers.push(resolve))
    },
  }
  const queue = new AfterQueue(receiver as unknown as CallbackClient)
  const answer = async (times: number) => {
    for (const resolve of answers.splice(0, times)) resolve()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { queue, begun, receiver, answer }
}

test('events begin in order, so many at once, and the next with each answer', async () => {
  const { queue, begun, answer } = world()
  for (let n = 0; n < 20; n += 1) queue.push('after', { n })
  expect(begun).toHaveLength(8)
  expect(queue.waiting).toBe(12)
  await answer(3)
  expect(begun).toEqual(Array.from({ length: 11 }, (_, n) => ({ n })))
  await answer(8)
  await answer(8)
  await answer(8)
  expect(begun).toHaveLength(20)
  expect(queue.counters).toEqual({ told: 20, lost: 0 })
})

test('a receiver that is far behind loses the newest; what waits is bounded', async () => {
  const { queue, begun, answer } = world()
  for (let n = 0; n < 8 + WAITING_MAX + 5; n += 1) queue.push('after', { n })
  expect(queue.waiting).toBe(WAITING_MAX)
  expect(queue.counters.lost).toBe(5)
  await answer(1)
  queue.push('after', { n: 'new' })
  expect(queue.counters.lost).toBe(5)
  for (let round = 0; round < WAITING_MAX; round += 1) await answer(8)
  expect(queue.counters.told).toBe(8 + WAITING_MAX + 1)
  expect(begun.at(-1)).toEqual({ n: 'new' })
})

test('nothing begins after the end', async () => {
  const { queue, begun, receiver, answer } = world()
  for (let n = 0; n < 20; n += 1) queue.push('after', { n })
  receiver.closed = true
  await answer(8)
  expect(begun).toHaveLength(8)
})
