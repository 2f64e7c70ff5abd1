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
import { wordsOf } from '../../miniprogram/components/barrage-list/words'
import fc from '../support/property'
import { mountPart } from './support/part'
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

test('what was said before stands above, takes free slots only, and is the first to go', () => {
  const ring = new Ring()
  const list: { order: number; text: string }[] = []
  const draw = (patch: Record<string, { order: number; text: string }>) => {
    for (const [path, drawn] of Object.entries(patch)) list[Number(path.slice(5, -1))] = drawn
  }
  const shown = () =>
    // A hole in the list would throw.
    [...list].sort((a, b) => a.order - b.order).map(({ text }) => text)
  draw(ring.place(many(20)).patch)
  draw(ring.placeBefore(many(25, 'late ').map((l) => ({ ...l, id: `late ${l.id}` }))))
  draw(ring.placeBefore(many(25, 'early ').map((l) => ({ ...l, id: `early ${l.id}` }))))
  expect(shown()).toHaveLength(RING_SIZE)
  expect(shown().slice(0, 16)).toEqual([
    ...many(25, 'early ')
      .slice(10)
      .map(({ text }) => text),
    'late 0',
  ])
  draw(ring.place([line('new')]).patch)
  expect(shown()).toHaveLength(RING_SIZE)
  expect([shown()[0], shown().at(-1)]).toEqual(['early 11', 'new'])
})

test('M143: who has come in, who answers whom and who is on stage is said in words', () => {
  const system = { kind: 'system', id: '1' } as const
  const of = (lang: 'en' | 'zh-CN', ...rest: Parameters<typeof wordsOf> extends [unknown, infer L] ? [L] : never) =>
    wordsOf(lang, ...rest)
  expect(of('en', { ...system, event: 'joined', name: 'Ann', count: 0 }).text).toBe('Ann is here')
  expect(of('en', { ...system, event: 'joined', name: 'Ann', count: 12 }).text).toBe('Ann and 12 others are here')
  expect(of('zh-CN', { ...system, event: 'on-stage', name: '林小满' }).text).toBe('林小满 上台了')
  const said = { kind: 'barrage', id: '2', userId: 'u', name: 'Ann', text: 'yes', mine: false } as const
  expect(of('en', { ...said, to: { userId: 'v', name: 'Bob' } })).toMatchObject({ reply: 'to Bob' })
  expect(of('en', { ...said, to: { userId: 'me', name: 'Mia' }, mention: true })).toMatchObject({
    reply: 'to you',
    mention: true,
  })
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

  test('a list of another size goes on at the newest line: nobody has scrolled', async () => {
    const { part } = spied()
    part.instance.append([line('1'), line('2')])
    let height = 300
    part.instance.createSelectorQuery = () => {
      const query = {
        select: () => query,
        boundingClientRect: (told: (rect: { height: number }) => void) => ({ exec: () => told({ height }) }),
      }
      return query
    }
    part.instance.scroll({ detail: { scrollTop: 900, scrollHeight: 1200 } })
    part.instance.scroll({ detail: { scrollTop: 899, scrollHeight: 1200 } })
    height = 120
    part.instance.scroll({ detail: { scrollTop: 700, scrollHeight: 1200 } })
    part.set({ size: '375x812 beside' })
    expect(part.instance.data.into).toBe('')
    await settled()
    expect([part.instance.data.into, part.instance.data.more]).toEqual(['line-1', ''])
    part.instance.append([line('3')])
    expect([part.instance.data.into, part.instance.data.more]).toEqual(['line-2', ''])
    part.instance.scroll({ detail: { scrollTop: 400, scrollHeight: 1200 } })
    part.instance.append([line('4')])
    expect(part.instance.data.more).toBe('1 new message')
  })

  test('a tap on a line is about its writer; on one that was not delivered it sends it again', async () => {
    const again: string[] = []
    let say: (lines: readonly object[], past: boolean) => void = () => {}
    const chat = {
      onBatch: (handler: typeof say) => {
        say = handler
        return () => {}
      },
      sendAgain: (id: string) => again.push(id),
    }
    const part = mountPart('barrage-list', () => ({ chat }))
    const said = { kind: 'barrage', id: '1', userId: 'u1', name: 'Eve', text: 'hi', mine: false }
    say([said, { ...said, id: '2', userId: 'me', mine: true, failed: true }], false)
    say([{ ...said, id: '0', text: 'before' }], true)
    const tap = (slot: unknown) => part.instance.tapLine({ currentTarget: { dataset: { slot } } })
    tap(1)
    tap(0)
    expect(again).toEqual(['2'])
    expect(part.ui.person).toEqual({ userId: 'u1', name: 'Eve' })
    for (const forged of ['x', 99, null, undefined, {}]) tap(forged)
    expect(part.words()).toContain('before')
  })
})
