import fc from 'fast-check'
import {
  type BarrageLine,
  bytesOf,
  fitting,
  RING_SIZE,
  Ring,
  spokenOf,
  toneOf,
  UPDATE_BYTES,
} from '../../miniprogram/components/barrage-list/ring'
import { HEARTS_MAX, launch, restingHearts } from '../../miniprogram/components/heart-layer/pool'
import { mount, settled } from './support/simulate'

const line = (id: string, text = id, more: Partial<BarrageLine> = {}): BarrageLine => ({
  id,
  name: 'Eve',
  text,
  mine: false,
  ...more,
})
const many = (n: number, text = 'x') => Array.from({ length: n }, (_, i) => line(`${i}`, `${text}${i}`))
const sizeOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value))

test('an update stays under 8 kB whatever people write, and sheds the oldest (M121, P60)', () => {
  const batches = fc.array(
    fc.record({
      id: fc.string({ maxLength: 40 }),
      name: fc.string({ unit: 'binary', maxLength: 20 }),
      text: fc.string({ unit: 'binary', maxLength: 400 }),
      mine: fc.boolean(),
    }),
    { maxLength: 80 },
  )
  fc.assert(
    fc.property(batches, (batch) => {
      const kept = fitting(batch)
      expect(kept).toEqual(batch.slice(batch.length - kept.length))
      const update = { ...new Ring().place(kept).patch, spoken: spokenOf(kept) }
      expect(sizeOf(update)).toBeLessThanOrEqual(UPDATE_BYTES)
    }),
  )
  expect(fitting(many(80)).map(({ id }) => id)).toEqual(
    many(80)
      .slice(50)
      .map(({ id }) => id),
  )
})

test('bytes are never counted too low', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) =>
      expect(bytesOf(text) + 2).toBeGreaterThanOrEqual(sizeOf(text)),
    ),
  )
})

test('the ring keeps the newest lines in order and reuses its slots', () => {
  const ring = new Ring()
  const list: (BarrageLine & { order: number })[] = []
  for (const batch of [many(30), many(50).slice(30), many(100).slice(50)].map(fitting)) {
    for (const [path, drawn] of Object.entries(ring.place(batch).patch)) list[Number(path.slice(5, -1))] = drawn
  }
  expect(list).toHaveLength(RING_SIZE)
  const shown = [...list].sort((a, b) => a.order - b.order)
  expect(shown[shown.length - 1]?.text).toBe('x99')
  expect(new Set(shown.map(({ order }) => order)).size).toBe(RING_SIZE)
})

test('the same id again changes its line and adds none', () => {
  const ring = new Ring()
  ring.place([line('a'), line('b')])
  const again = ring.place([line('a', 'a', { failed: true })])
  expect(again.added).toBe(0)
  expect(again.patch).toEqual({ 'list[0]': expect.objectContaining({ id: 'a', failed: true, order: 0 }) })
})

test('a name keeps its colour', () => {
  expect(toneOf('林小满')).toBe(toneOf('林小满'))
  expect(new Set(['a', 'b', 'c', 'd', 'e', 'f'].map(toneOf)).size).toBeGreaterThan(2)
})

describe('barrage-list', () => {
  const spied = () => {
    const part = mount('barrage-list', { locale: 'en' })
    const updates: Record<string, unknown>[] = []
    const setData = part.instance.setData.bind(part.instance)
    part.instance.setData = (data: Record<string, unknown>) => {
      updates.push(data)
      setData(data)
    }
    return { part, updates }
  }

  test('a screen reader hears the newest line of a batch, and not what its user wrote', () => {
    const { part, updates } = spied()
    part.instance.append([line('1', 'one'), line('2', 'two')])
    part.instance.append([line('3', 'mine', { mine: true })])
    part.instance.append([line('4', 'The host is back', { name: '' })])
    expect(updates.map(({ spoken }) => spoken)).toEqual(['Eve: two', undefined, 'The host is back'])
    expect(part.attribute('aria-live')).toEqual(['polite'])
    expect(part.instance.data.spoken).toBe('The host is back')
  })

  test('a batch is one update of its own lines, and 1,000 lines leave 60 nodes', () => {
    const { part, updates } = spied()
    for (let i = 0; i < 40; i++) part.instance.append(many(25).map((l) => ({ ...l, id: `${i}/${l.id}` })))
    expect(updates).toHaveLength(40)
    expect(updates.filter((data) => 'list' in data || sizeOf(data) > UPDATE_BYTES)).toEqual([])
    expect(part.all('[class^="main--line"]')).toHaveLength(RING_SIZE + 1)
  })

  test('script tags are text', () => {
    const { part } = spied()
    part.instance.append([line('1', '<img src=x onerror=alert(1)>')])
    expect(part.words()).toContain('<img src=x onerror=alert(1)>')
    expect(part.all('img')).toEqual([])
  })

  test('nothing is drawn after detach, and nothing throws (M111)', () => {
    const { part, updates } = spied()
    part.detach()
    part.instance.append([line('late')])
    expect(updates).toEqual([])
  })

  test('it follows the newest line until the reader scrolls up, then counts what is new', async () => {
    const { part } = spied()
    part.instance.append([line('1')])
    expect(part.instance.data.into).toBe('line-0')
    part.instance.createSelectorQuery = () => {
      const query = {
        select: () => query,
        boundingClientRect: (told: (rect: { height: number }) => void) => ({ exec: () => told({ height: 200 }) }),
      }
      return query
    }
    part.instance.scroll({ detail: { scrollTop: 900, scrollHeight: 1200 } })
    part.instance.scroll({ detail: { scrollTop: 400, scrollHeight: 1200 } })
    part.instance.append([line('2'), line('3')])
    await settled()
    expect([part.instance.data.into, part.instance.data.more]).toEqual(['line-0', '2 new messages'])
    await part.tap('.more')
    expect([part.instance.data.into, part.instance.data.more]).toEqual(['line-2', ''])
  })
})

describe('hearts', () => {
  test('a flood starts a few, and never more than the slots there are', () => {
    let hearts = restingHearts()
    let next = 0
    for (let i = 0; i < 50; i++) {
      const started = launch(hearts, next, 1000, () => 0.5)
      expect(Object.keys(started.patch).length).toBeLessThanOrEqual(4)
      hearts = hearts.map((heart, slot) => started.patch[`hearts[${slot}]`] ?? heart)
      next = started.next
    }
    expect(hearts).toHaveLength(HEARTS_MAX)
  })

  test('a slot that is used again starts its animation anew', () => {
    const hearts = restingHearts()
    const first = launch(hearts, 0, 1, () => 0).patch['hearts[0]']
    const second = launch(first ? [first] : [], 0, 1, () => 0).patch['hearts[0]']
    expect([first?.run, second?.run]).toEqual([1, 2])
  })

  test('a burst of calls is one update now and one later, none after detach', () => {
    jest.useFakeTimers()
    const part = mount('heart-layer')
    const setData = jest.spyOn(part.instance, 'setData')
    for (let i = 0; i < 100; i++) part.instance.burst(1)
    expect(setData).toHaveBeenCalledTimes(1)
    jest.advanceTimersByTime(200)
    expect(setData).toHaveBeenCalledTimes(2)
    part.instance.burst(1)
    part.detach()
    jest.advanceTimersByTime(10_000)
    part.instance.burst(1)
    expect(setData).toHaveBeenCalledTimes(2)
    expect(jest.getTimerCount()).toBe(0)
    jest.useRealTimers()
  })
})
