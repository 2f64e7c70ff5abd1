import { compareValues, valueAt } from '../../../../local/cloudbase/order'
import { type Direction, OrderedIndex } from '../../../../local/cloudbase/ordered-index'
import type { Doc } from '../../../../local/cloudbase/wire'
import fc from '../../../support/property'

const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom('', 'a', 'b'),
  fc.boolean(),
  fc.constant(null),
  fc.integer({ min: 0, max: 2 }).map((ms) => new Date(ms)),
  fc.constant(undefined),
)
const doc = fc.record({ _id: fc.constantFrom(...'abcdefghij'), s: value, t: value })
const keys = fc.constantFrom<[string, Direction][]>(
  [['s', 1]],
  [['s', -1]],
  [
    ['s', 1],
    ['t', -1],
  ],
  [
    ['s', -1],
    ['t', 1],
  ],
)

test('compareValues is a total order over all types', () => {
  fc.assert(
    fc.property(value, value, value, (a, b, c) => {
      expect(Math.sign(compareValues(a, b))).toBe(-Math.sign(compareValues(b, a)) || 0)
      if (compareValues(a, b) <= 0 && compareValues(b, c) <= 0) expect(compareValues(a, c)).toBeLessThanOrEqual(0)
    }),
  )
})

test('an index in any history of writes holds what a sort of the newest documents gives, and each range of it', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(doc, fc.boolean()), { maxLength: 40 }),
      fc.integer({ min: 0, max: 40 }),
      keys,
      value,
      value,
      fc.boolean(),
      (writes, loadedUpTo, spec, from, to, inclusive) => {
        const newest = new Map<string, Doc>()
        const index = new OrderedIndex({ name: 'i', keys: spec })
        for (const [one] of writes.slice(0, loadedUpTo)) newest.set(one._id, one)
        index.load(newest.values())
        for (const [one, keep] of writes.slice(loadedUpTo)) {
          if (keep) newest.set(one._id, one)
          else newest.delete(one._id)
          index.set(one._id, keep ? one : null)
        }
        const sorted = [...newest.values()].sort((a, b) => {
          for (const [field, direction] of [...spec, ['_id', spec.at(-1)![1]] as const]) {
            const order = compareValues(valueAt(a, field), valueAt(b, field)) * direction
            if (order !== 0) return order
          }
          return 0
        })
        const expected = (test: (one: Doc) => boolean) => sorted.filter(test).map((one) => one._id)
        expect([...index.ids(index.range([]))]).toEqual(expected(() => true))
        expect([...index.ids(index.range([]), true)]).toEqual(expected(() => true).reverse())
        expect([...index.ids(index.range([from]))]).toEqual(expected((one) => compareValues(one.s, from) === 0))
        const [lo, hi] = compareValues(from, to) <= 0 ? [from, to] : [to, from]
        const within = index.range([], { lo: { value: lo, inclusive }, hi: { value: hi, inclusive } })
        const edge = inclusive ? 0 : 1
        expect([...index.ids(within)]).toEqual(
          expected(
            (one) =>
              (compareValues(one.s, lo) >= edge && compareValues(one.s, hi) <= -edge) ||
              (inclusive && compareValues(one.s, lo) === 0),
          ),
        )
      },
    ),
  )
})

test('a document with a list is found by each of its elements and by the whole, once for each', () => {
  const index = new OrderedIndex({ name: 'i', keys: [['tags', 1]] })
  index.load([{ _id: 'a', tags: ['x', 'y', 'x'] }])
  index.set('b', { _id: 'b', tags: 'y' })
  const ids = (value: unknown) => [...index.ids(index.range([value]))]
  expect([ids('x'), ids('y'), ids(['x', 'y', 'x']), ids('z')]).toEqual([['a'], ['a', 'b'], ['a'], []])
  expect([index.usable, index.multiple]).toEqual([true, true])
  index.set('a', { _id: 'a', tags: ['z'] })
  expect([ids('x'), ids('z')]).toEqual([[], ['a']])
  index.set('a', null)
  expect([ids('z'), index.multiple]).toEqual([[], false])
})

test('lists on two keys of one document make the index step aside until they are gone', () => {
  const index = new OrderedIndex({
    name: 'i',
    keys: [
      ['tags', 1],
      ['marks', 1],
    ],
  })
  index.set('a', { _id: 'a', tags: ['x'], marks: [1] })
  expect(index.usable).toBe(false)
  index.set('a', { _id: 'a', tags: ['x'], marks: 1 })
  expect(index.usable).toBe(true)
})
