import { EJSON } from 'bson'
import { type Indexes, openStore } from '../../../../local/cloudbase'
import { compareValues, sortValue } from '../../../../local/cloudbase/order'
import type { Order } from '../../../../local/cloudbase/plan'
import { Store } from '../../../../local/cloudbase/store'
import type { Doc, Spec } from '../../../../local/cloudbase/wire'
import fc from '../../../support/property'

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
    {
      name: 'tags_at',
      keys: [
        ['tags', 1],
        ['at', 1],
      ],
    },
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
    _id: fc.constantFrom<Spec>({ $gt: 'd1' }, { $lte: 'd2' }, { $in: ['d0', 'd3'] }),
    state: fc.oneof(fc.constantFrom('live', 'closed', null), fc.constant({ $in: ['live', 'closed'] })),
    at: fc.oneof(small, operator),
    tags: fc.oneof(small, operator, fc.constantFrom<unknown>([], [1], { $gt: 1, $lt: 2 }, null)),
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
  [['tags', 1]],
  [['_id', -1]],
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
        const keysOf = (list: Doc[]) => list.map((one) => by.map(([field, way]) => sortValue(one, field, way)))
        const [want, got] = [keysOf(scanned).slice(0, planned.length), keysOf(planned)]
        expect(got.every((key, i) => key.every((one, k) => compareValues(one, want[i]?.[k]) === 0))).toBe(true)
      },
    ),
    { numRuns: 500 },
  )
})

describe('documents examined', () => {
  const sizes = [100, 50_000]
  const stores = new Map<number, Store>()
  const KINDS = ['live', 'call', 'event']
  const keys = (...all: [string, 1 | -1][]) => ({ name: all.map(([field]) => field).join('_'), keys: all })
  const indexes: Indexes = {
    rooms: [
      keys(['kind', 1], ['listed', 1], ['listKey', -1]),
      keys(['kind', 1], ['listed', 1], ['hotKey', -1]),
      keys(['state', 1], ['stageAt', 1]),
      keys(['owner', 1]),
      keys(['stage', 1]),
      keys(['createdAt', -1], ['_id', -1]),
    ],
  }
  /** The last 30 rooms are waiting; every other of the rest is listed. */
  const room = (i: number, count: number) => ({
    _id: `r${String(i).padStart(6, '0')}`,
    kind: KINDS[i % 3],
    listed: i % 2 === 0,
    listKey: i,
    hotKey: (i * 7919) % count,
    state: i >= count - 30 ? (i % 2 ? 'idle' : 'interrupted') : 'live',
    stageAt: i,
    owner: i,
    stage: [`u${i}`, `v${i}`],
    createdAt: i,
  })

  /** A store that finds its documents there: writing 50,000 would be what takes the time. */
  const stored = (docs: Doc[]): Store =>
    new Store({ collections: () => ['rooms'], load: () => docs, addCollection() {}, write() {}, close() {} }, indexes)
  beforeAll(() => {
    for (const count of sizes) stores.set(count, stored(Array.from({ length: count }, (_one, i) => room(i, count))))
  })
  afterAll(() => {
    for (const store of stores.values()) store.close()
  })

  const look = (count: number, query: Spec, order: Order = [], limit?: number) => {
    const store = stores.get(count) as Store
    store.examined = 0
    const found = store.select('rooms', { query, order, ...(limit ? { limit } : {}) })
    return { examined: store.examined, found }
  }

  test.each<[what: string, query: (count: number) => Spec, order: Order, limit: number | undefined, examined: number]>([
    ['a page of the newest', () => ({ kind: 'live', listed: true }), [['listKey', -1]], 10, 10],
    ['the next page', (n) => ({ kind: 'live', listed: true, listKey: { $lt: n - 20 } }), [['listKey', -1]], 10, 10],
    ['a page of the hottest', () => ({ kind: 'live', listed: true }), [['hotKey', -1]], 10, 10],
    ['the coldest first', () => ({ kind: 'live', listed: true }), [['hotKey', 1]], 10, 10],
    ['what is due', () => ({ state: 'live', stageAt: { $lte: 4 } }), [], 100, 5],
    [
      'what is due in one of two states',
      () => ({ state: { $in: ['idle', 'interrupted'] }, stageAt: { $gte: 0 } }),
      [],
      100,
      30,
    ],
    ['the same in order', () => ({ state: { $in: ['idle', 'live'] }, stageAt: { $gte: 0 } }), [['stageAt', 1]], 10, 10],
    ['the same, latest first', () => ({ state: { $in: ['idle', 'live'] } }), [['stageAt', -1]], 10, 10],
    ['an owner', () => ({ owner: 77, state: 'live' }), [], undefined, 1],
    ['somebody in a list', () => ({ stage: 'v50', state: { $in: ['live', 'idle'] } }), [], 10, 1],
    ['an id', () => ({ _id: 'r000005', state: 'live' }), [], 1, 1],
    ['ids', () => ({ _id: { $in: ['r000005', 'r000007'] } }), [], 10, 2],
    ['a page of ids', () => ({ _id: { $gt: 'r000050' } }), [['_id', 1]], 10, 10],
    ['the last ids', () => ({ _id: { $gt: '' } }), [['_id', -1]], 10, 10],
    [
      'everything, newest first',
      () => ({}),
      [
        ['createdAt', -1],
        ['_id', -1],
      ],
      10,
      10,
    ],
    ['nothing', () => ({ state: { $in: [] } }), [], 10, 0],
  ])('%s: as many of 100 rooms as of 50,000', (_what, query, order, limit, examined) => {
    for (const count of sizes)
      expect([count, look(count, query(count), order, limit).examined]).toEqual([count, examined])
  })

  test('a run over two states is in order', () => {
    const { found } = look(50_000, { state: { $in: ['idle', 'interrupted', 'live'] } }, [['stageAt', -1]], 40)
    expect(found.map(({ stageAt }) => stageAt)).toEqual(Array.from({ length: 40 }, (_one, i) => 49_999 - i))
  })

  test('a cursor of (key, _id) starts where it says', () => {
    const cursor = { $or: [{ createdAt: { $lt: 4999 } }, { createdAt: 4999, _id: { $lt: 'r004999' } }] }
    const { examined, found } = look(
      50_000,
      cursor,
      [
        ['createdAt', -1],
        ['_id', -1],
      ],
      10,
    )
    expect([examined, found[0]?._id]).toEqual([11, 'r004998'])
  })
})
