import { EJSON } from 'bson'
import fc from 'fast-check'
import { type Indexes, openStore, type Store } from '../../../../local/cloudbase'
import { compareValues, valueAt } from '../../../../local/cloudbase/order'
import type { Order } from '../../../../local/cloudbase/plan'
import type { Doc, Spec } from '../../../../local/cloudbase/wire'

const INDEXES: Indexes = {
  rooms: [
    {
      name: 'state_at',
      keys: [
        ['state', 1],
        ['at', -1],
      ],
    },
    { name: 'owner', keys: [['owner', 1]] },
    { name: 'deep', keys: [['deep.n', 1]] },
  ],
  plain: [],
}
const insert = (store: Store, name: string, docs: object[]) =>
  store.run('database.insertDocument', { collectionName: name, data: docs.map((doc) => EJSON.stringify(doc)) })

const small = fc.integer({ min: 0, max: 4 })
const doc = fc.record(
  {
    state: fc.constantFrom('live', 'closed', null),
    at: fc.oneof(small, fc.constant('x')),
    owner: small,
    deep: fc.record({ n: small }),
    tags: fc.array(small, { maxLength: 2 }),
  },
  { requiredKeys: [] },
)
const operator = fc.oneof(
  fc.constantFrom('$gt', '$gte', '$lt', '$lte', '$eq', '$ne').chain((name) => small.map((n): Spec => ({ [name]: n }))),
  fc.tuple(small, small).map(([lo, hi]): Spec => ({ $gte: lo, $lt: hi })),
  fc.array(small, { maxLength: 3 }).map((list): Spec => ({ $in: list })),
  fc.boolean().map((yes): Spec => ({ $exists: yes })),
)
const condition = fc.record<Spec>(
  {
    state: fc.constantFrom('live', 'closed', null),
    at: fc.oneof(small, operator),
    owner: fc.oneof(small, operator),
    'deep.n': operator,
  },
  { requiredKeys: [] },
)
const query = fc.oneof(
  condition,
  fc.tuple(condition, condition).map(([a, b]): Spec => ({ $and: [a, b] })),
  fc.tuple(condition, condition, condition).map(([a, b, c]): Spec => ({ ...a, $or: [b, c] })),
)
const order = fc.constantFrom<Order>(
  [],
  [['at', -1]],
  [['at', 1]],
  [
    ['state', 1],
    ['at', -1],
  ],
  [
    ['at', -1],
    ['_id', -1],
  ],
  [['owner', -1]],
  [
    ['state', 1],
    ['at', 1],
  ],
  [
    ['state', -1],
    ['at', 1],
  ],
  [
    ['at', -1],
    ['_id', 1],
  ],
)

test('whatever index a query takes, it finds what a scan finds, in an order that satisfies it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(doc, { minLength: 1, maxLength: 30 }),
      fc.boolean(),
      query,
      order,
      fc.option(fc.integer({ min: 1, max: 8 })),
      async (docs, withArrays, where, by, limit) => {
        const store = openStore({ indexes: INDEXES })
        const stored = docs.map((one, i) => ({
          _id: `d${i}`,
          ...one,
          ...(withArrays && i === 0 ? { at: [1, 2], deep: [{ n: 1 }, { n: 3 }] } : {}),
        }))
        await insert(store, 'rooms', stored)
        await insert(store, 'plain', stored)
        const page = limit === null ? {} : { limit }
        const planned = store.select('rooms', { query: where, order: by, ...page })
        const scanned = store.select('plain', { query: where, order: by })
        store.close()
        expect(planned).toHaveLength(Math.min(scanned.length, limit ?? Number.POSITIVE_INFINITY))
        const ids = (list: Doc[]) => list.map((one) => one._id).sort()
        expect(ids(scanned)).toEqual(expect.arrayContaining(ids(planned)))
        const keysOf = (list: Doc[]) => list.map((one) => by.map(([field]) => valueAt(one, field)))
        const [want, got] = [keysOf(scanned).slice(0, planned.length), keysOf(planned)]
        expect(got.every((key, i) => key.every((one, k) => compareValues(one, want[i]?.[k]) === 0))).toBe(true)
      },
    ),
    { numRuns: 300 },
  )
})

describe('documents examined', () => {
  const examinedBy = async (rooms: number, where: Spec, by: Order, limit?: number) => {
    const store = openStore({ indexes: INDEXES })
    await insert(
      store,
      'rooms',
      Array.from({ length: rooms }, (_, i) => ({ _id: `r${i}`, state: i % 2 ? 'live' : 'closed', at: i, owner: i })),
    )
    store.examined = 0
    const found = store.select('rooms', { query: where, order: by, ...(limit ? { limit } : {}) })
    const { examined } = store
    store.close()
    return { examined, first: found[0]?._id, found: found.length }
  }
  const list = (rooms: number, more: Spec = {}) => examinedBy(rooms, { state: 'live', ...more }, [['at', -1]], 20)

  test('a page of the list looks at its 20 rooms, of 100 as of 10,000', async () => {
    expect(await list(100)).toEqual({ examined: 20, first: 'r99', found: 20 })
    expect(await list(10_000)).toEqual({ examined: 20, first: 'r9999', found: 20 })
  })
  test('the second page starts where its cursor says, as a range or as (key, _id)', async () => {
    expect(await list(10_000, { at: { $lt: 5000 } })).toEqual({ examined: 20, first: 'r4999', found: 20 })
    const cursor = { $or: [{ at: { $lt: 4999 } }, { at: 4999, _id: { $lt: 'r4999' } }] }
    expect(await list(10_000, cursor)).toEqual({ examined: 21, first: 'r4997', found: 20 })
  })
  test('an owner is found among 10,000 by one look, an _id too', async () => {
    expect(await examinedBy(10_000, { owner: 77, state: 'live' }, [])).toEqual({ examined: 1, first: 'r77', found: 1 })
    expect(await examinedBy(10_000, { _id: 'r5', state: 'live' }, [])).toEqual({ examined: 1, first: 'r5', found: 1 })
  })
  test('a sweep for what is due looks at what is due', async () => {
    expect(await examinedBy(10_000, { state: 'live', at: { $lt: 6 } }, [], 100)).toEqual({
      examined: 3,
      first: 'r5',
      found: 3,
    })
  })
})
