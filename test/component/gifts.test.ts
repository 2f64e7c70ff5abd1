import { setImmediate } from 'node:timers'
import { GIFTS, GiftQueue, giftOf, SHOWN_MAX } from '../../miniprogram/components/gift-layer/gifts'
import type { CustomMessage } from '../../miniprogram/stores/room/chat'
import { FakeClock } from '../support/fakes/clock'
import fc from '../support/property'
import { mountPart } from './support/part'

// The clock of the fakes waits by it, and a page has none.
Object.assign(globalThis, { setImmediate })

const eve = { userId: 'eve', name: 'Eve' }
const rose = { kind: 'heart', count: 1 } as const

test('M83: anything may come under the tag of a gift; what is none is none', () => {
  fc.assert(fc.property(fc.anything(), (data) => expect(() => giftOf({ tag: 'gift', data })).not.toThrow()))
  expect(giftOf({ tag: 'vote', data: rose })).toBeNull()
  for (const data of [
    null,
    'heart',
    { kind: 'constructor', count: 1 },
    { kind: 'heart', count: 0 },
    { kind: 'heart' },
  ]) {
    expect(giftOf({ tag: 'gift', data })).toBeNull()
  }
  expect(giftOf({ tag: 'gift', data: { kind: 'bell', count: 1e9 } })).toEqual({ kind: 'bell', count: 99 })
})

test('the same gift of the same person counts up; others have banners of their own, two at a time', () => {
  const queue = new GiftQueue()
  for (let i = 0; i < 5; i++) queue.add(eve, rose, 0)
  queue.turn(0)
  queue.add(eve, rose, 1000)
  for (const kind of GIFTS) queue.add({ userId: 'bob', name: 'Bob' }, { kind, count: 1 }, 1000)
  queue.turn(1000)
  expect(queue.shown.map(({ userId, kind, count }) => [userId, kind, count])).toEqual([
    ['eve', 'heart', 6],
    ['bob', 'heart', 1],
  ])
  expect(queue.turn(4000)).toBe(3000)
  expect(queue.shown.map(({ kind }) => kind)).toEqual(['bolt', 'bell'])
})

test('a thousand people who give at once are a bounded queue, and it ends', () => {
  const queue = new GiftQueue()
  for (let i = 0; i < 1000; i++) queue.add({ userId: `u${i}`, name: '' }, rose, 0)
  let turns = 0
  for (let now = 0, wait = queue.turn(0); wait > 0; turns++) {
    expect(queue.shown.length).toBeLessThanOrEqual(SHOWN_MAX)
    now += wait
    wait = queue.turn(now)
  }
  expect(turns).toBeLessThanOrEqual(7)
})

function layer() {
  const clock = new FakeClock()
  let tell: (message: CustomMessage) => void = () => {}
  const chat = {
    onCustom: (handler: typeof tell) => {
      tell = handler
      return () => {
        tell = () => {}
      }
    },
  }
  const part = mountPart('gift-layer', () => ({ chat }), { kit: { clock } })
  const updates: unknown[] = []
  const setData = part.instance.setData.bind(part.instance)
  part.instance.setData = (data: object) => {
    updates.push(data)
    setData(data)
  }
  const give = (kind = 'heart') => tell({ tag: 'gift', data: { kind, count: 1 }, ...eve, mine: false })
  return { clock, part, updates, give }
}

test('gifts in a row are one banner with their number, in at most four updates a second', async () => {
  const { clock, part, updates, give } = layer()
  for (let i = 0; i < 100; i++) {
    give()
    await clock.pass(10)
  }
  await clock.pass(300)
  expect(updates.length).toBeLessThanOrEqual(6)
  expect(part.words()).toContain('Evesent a heart')
  expect(part.words()).toContain('×100')
  await clock.pass(5000)
  expect(part.words()).toBe('')
  expect(clock.pending).toBe(0)
})

test('nothing is drawn after detach, and no timer is left (M111)', async () => {
  const { clock, part, updates, give } = layer()
  give()
  part.detach()
  give()
  await clock.pass(10_000)
  expect([updates, clock.pending]).toEqual([[], 0])
})

test('a tap gives one of what is known, and nothing while one may not write', async () => {
  const sent: unknown[] = []
  const part = mountPart('gift-sheet', (seen) => ({
    chat: Object.assign(seen({ bar: null as string | null }), {
      sendCustom: (...message: unknown[]) => sent.push(message),
    }),
  }))
  await part.tap('.gift--bell')
  part.instance.give({ currentTarget: { dataset: { id: '__proto__' } } })
  await part.act(({ chat }) => {
    chat.bar = 'muted'
  })
  await part.tap('.gift--bell')
  expect(sent).toEqual([['gift', { kind: 'bell', count: 1 }]])
})
