import { type AnyDoc, SDKS, startBackend, wxDb } from './backend'

let backend: Awaited<ReturnType<typeof startBackend>>
beforeAll(async () => {
  backend = await startBackend({ indexes: { things: [], many: [], values: [] } })
  for (const doc of DOCS) await things().add({ data: doc })
})
afterAll(() => backend.stop())

const things = () => wxDb().collection('things')
const { command: _ } = SDKS['wx-server-sdk']?.db() ?? {}
const DOCS: AnyDoc[] = [
  { _id: 'a', n: 1, list: [1, 2], items: [{ q: 1 }, { q: 5 }] },
  { _id: 'b', n: 2, list: [2, 3], items: [{ q: 5 }] },
  { _id: 'c', n: null, list: [] },
  { _id: 'd', n: 'x', list: 2 },
  { _id: 'e', n: new Date(0) },
  { _id: 'f', n: false, list: [[1]] },
  { _id: 'g', n: 1 },
]

describe('order', () => {
  const order = async (...keys: [field: string, direction: 'asc' | 'desc'][]) => {
    const query = keys.reduce<ReturnType<typeof things>>(
      (sum, [field, direction]) => sum.orderBy(field, direction) as ReturnType<typeof things>,
      things(),
    )
    return (await query.get()).data.map(({ _id }: AnyDoc) => _id).join('')
  }
  test.each<[what: string, keys: [string, 'asc' | 'desc'][], ids: string]>([
    [
      'by type and value: null, number, text, boolean, date',
      [
        ['n', 'asc'],
        ['_id', 'asc'],
      ],
      'cagbdfe',
    ],
    [
      'the other way',
      [
        ['n', 'desc'],
        ['_id', 'asc'],
      ],
      'efdbagc',
    ],
    [
      'by several keys',
      [
        ['n', 'asc'],
        ['_id', 'desc'],
      ],
      'cgabdfe',
    ],
    [
      'lists by their smallest, an empty one before none',
      [
        ['list', 'asc'],
        ['_id', 'asc'],
      ],
      'cegabdf',
    ],
    [
      'lists by their largest, downwards',
      [
        ['list', 'desc'],
        ['_id', 'asc'],
      ],
      'fbadegc',
    ],
    [
      'fields of elements',
      [
        ['items.q', 'desc'],
        ['_id', 'asc'],
      ],
      'abcdefg',
    ],
    ['by the id', [['_id', 'desc']], 'gfedcba'],
  ])('%s', async (_what, keys, ids) => expect(await order(...keys)).toBe(ids))
})

describe('projection', () => {
  const of = async (projection: AnyDoc) => (await things().where({ _id: 'a' }).field(projection).get()).data[0]
  test.each<[what: string, projection: AnyDoc, doc: AnyDoc]>([
    ['some fields, and the id', { n: true }, { _id: 'a', n: 1 }],
    ['without the id', { n: true, _id: false }, { n: 1 }],
    ['all but some', { items: false, list: false }, { _id: 'a', n: 1 }],
    ['fields of elements', { 'items.q': true }, { _id: 'a', items: [{ q: 1 }, { q: 5 }] }],
    ['a field that is not there', { nope: true }, { _id: 'a' }],
    ['a part of a list', { list: _?.project.slice(-1) }, { _id: 'a', list: [2] }],
    ['the element that matches', { items: _?.project.elemMatch({ q: 5 }) }, { _id: 'a', items: [{ q: 5 }] }],
  ])('%s', async (_what, projection, doc) => expect(await of(projection)).toEqual(doc))
  test('some and all but some at once are refused', async () => {
    await expect(of({ n: true, list: false })).rejects.toMatchObject({ errCode: -502001 })
  })
  test('of one document too', async () => {
    expect((await things().doc('a').field({ n: true }).get()).data).toEqual({ _id: 'a', n: 1 })
  })
})

describe('pages', () => {
  const many = () => wxDb().collection('many')
  const size = async (query: { get(): Promise<{ data: unknown[] }> }) => (await query.get()).data.length
  beforeAll(async () => {
    const docs = Array.from({ length: 1205 }, (_one, i) => ({ _id: String(i).padStart(4, '0'), i }))
    await SDKS['@cloudbase/node-sdk']?.add('many', docs)
  })
  test('100 documents unless asked for more, never more than 1,000', async () => {
    expect([await size(many()), await size(many().limit(1000)), await size(many().limit(5000))]).toEqual([
      100, 1000, 1000,
    ])
    expect(await many().count()).toMatchObject({ total: 1205 })
  })
  test('skip and limit cut a page out of the order', async () => {
    const { data } = await many().orderBy('i', 'desc').skip(3).limit(2).get()
    expect(data.map(({ i }: AnyDoc) => i)).toEqual([1201, 1200])
    expect(await size(many().skip(1200))).toBe(5)
    expect(await size(many().skip(9999))).toBe(0)
  })
})

describe.each(Object.entries(SDKS))('values through %s', (name, sdk) => {
  const there = async (doc: AnyDoc) => {
    const _id = `${name}${Math.random()}`
    await sdk.add('values', { _id, ...doc })
    const { _id: _same, ...after } = (await sdk.find('values', { _id }))[0] ?? {}
    return after
  }
  test.each<[what: string, doc: AnyDoc]>([
    ['numbers of any size', { a: 0, b: -1.5, c: 2 ** 31, d: -(2 ** 40), e: Number.MAX_SAFE_INTEGER, f: 1e300 }],
    ['what is no number', { a: Number.NaN, b: Number.POSITIVE_INFINITY, c: Number.NEGATIVE_INFINITY }],
    ['texts', { a: '', b: '直播 🎥', c: 'a.b$c', d: '\u0000\n"' }],
    ['dates', { a: new Date(0), b: new Date(-1), c: new Date(4e12) }],
    ['null, booleans, lists and documents in each other', { a: null, b: [true, [false, { c: [null] }]], d: { e: {} } }],
  ])('%s come back as they went', async (_what, doc) => expect(await there(doc)).toEqual(doc))

  test('undefined is dropped from documents and null in lists', async () => {
    expect(await there({ a: undefined, b: { c: undefined, d: 1 }, l: [undefined, 1] })).toEqual({
      b: { d: 1 },
      l: [null, 1],
    })
  })

  test('server dates are the time of the database, in any place, and in changes', async () => {
    const before = Date.now()
    const { at, deep } = await there({
      at: sdk.db().serverDate(),
      deep: { later: sdk.db().serverDate({ offset: 60_000 }) },
    })
    const after = Date.now()
    expect(at.getTime()).toBeGreaterThanOrEqual(before)
    expect(at.getTime()).toBeLessThanOrEqual(after)
    expect(deep.later - at).toBe(60_000)
    await sdk.add('values', { _id: `${name}when` })
    await sdk.update('values', { _id: `${name}when` }, { at: sdk.db().serverDate() })
    expect((await sdk.find('values', { _id: `${name}when` }))[0]?.at.getTime()).toBeGreaterThanOrEqual(before)
  })

  test('a point of the earth comes back as one', async () => {
    const { place } = await there({ place: sdk.point(113.3, 23.1) })
    expect(place.toJSON()).toEqual({ type: 'Point', coordinates: [113.3, 23.1] })
  })
})
