import { type AnyDoc, SDKS, startBackend } from './backend'

let backend: Awaited<ReturnType<typeof startBackend>>
beforeAll(async () => {
  backend = await startBackend({ indexes: { things: [] } })
  for (const doc of DOCS) await SDKS['@cloudbase/node-sdk']?.add('things', doc)
})
afterAll(() => backend.stop())

const DOCS: AnyDoc[] = [
  {
    _id: 'a',
    n: 1,
    s: 'Ann',
    list: [1, 2],
    o: { x: 1, y: 2 },
    at: new Date(1000),
    items: [
      { k: 'p', q: 1 },
      { k: 'r', q: 5 },
    ],
  },
  { _id: 'b', n: 2.5, s: 'bob', list: [2, 3], o: { x: 1 }, yes: true, items: [{ k: 'p', q: 5 }] },
  { _id: 'c', n: null, s: 'Ann\nbob', list: [] },
  { _id: 'd', s: 7, list: 2, deep: { er: { n: 4 } } },
  { _id: 'e', n: -4, s: '7', at: new Date(5000) },
]

describe.each(Object.entries(SDKS))('through %s', (_name, sdk) => {
  const ids = async (where: object) => (await sdk.find('things', where)).map(({ _id }) => _id).join('')
  const { command: _, RegExp: regExp } = sdk.db()
  const cases: [what: string, where: () => object, found: string][] = [
    ['eq', () => ({ n: _.eq(1) }), 'a'],
    ['eq null: null or no such field', () => ({ n: _.eq(null) }), 'cd'],
    ['a plain null', () => ({ n: null }), 'cd'],
    ['neq: also where there is no such field', () => ({ n: _.neq(1) }), 'bcde'],
    ['neq null', () => ({ n: _.neq(null) }), 'abe'],
    ['gt, of numbers only', () => ({ n: _.gt(0) }), 'ab'],
    ['gte', () => ({ n: _.gte(1) }), 'ab'],
    ['gte null: null itself', () => ({ n: _.gte(null) }), 'cd'],
    ['lt: nothing that is no number', () => ({ n: _.lt(2) }), 'ae'],
    ['lte', () => ({ n: _.lte(1) }), 'ae'],
    ['gt of dates', () => ({ at: _.gt(new Date(1000)) }), 'e'],
    ['a date is no number', () => ({ at: _.gt(0) }), ''],
    ['in', () => ({ n: _.in([1, -4, 99]) }), 'ae'],
    ['in with null', () => ({ n: _.in([null, 1]) }), 'acd'],
    ['in with a pattern', () => ({ s: _.in([/^b/, '7']) }), 'be'],
    ['in nothing', () => ({ n: _.in([]) }), ''],
    ['nin', () => ({ n: _.nin([null, 1]) }), 'be'],
    ['text and number differ', () => ({ s: 7 }), 'd'],
    ['boolean', () => ({ yes: true }), 'b'],
    ['an element of a list, or the value itself', () => ({ list: 2 }), 'abd'],
    ['a whole list', () => ({ list: _.eq([1, 2]) }), 'a'],
    ['gt of an element', () => ({ list: _.gt(2) }), 'b'],
    ['all', () => ({ list: _.all([2, 1]) }), 'a'],
    ['size', () => ({ list: _.size(2) }), 'ab'],
    ['size 0', () => ({ list: _.size(0) }), 'c'],
    ['elemMatch of documents', () => ({ items: _.elemMatch({ k: 'p', q: _.gt(2) }) }), 'b'],
    ['elemMatch of values', () => ({ list: _.elemMatch({ $gte: 3, $lt: 4 }) }), 'b'],
    ['fields of elements', () => ({ 'items.k': 'r' }), 'a'],
    ['fields of one element', () => ({ 'items.0.q': 5 }), 'b'],
    ['mod, of the whole part, of numbers only', () => ({ n: _.mod(2, 0) }), 'be'],
    ['exists', () => ({ n: _.exists(true) }), 'abce'],
    ['not exists', () => ({ n: _.exists(false) }), 'd'],
    ['a pattern, any case', () => ({ s: regExp({ regexp: '^a', options: 'i' }) }), 'ac'],
    ['a pattern, by line', () => ({ s: regExp({ regexp: '^bob', options: 'm' }) }), 'bc'],
    ['a pattern, over lines', () => ({ s: regExp({ regexp: 'Ann.bob', options: 's' }) }), 'c'],
    ['a pattern of the language', () => ({ s: /^B/i }), 'b'],
    ['not', () => ({ n: _.not(_.gt(0)) }), 'cde'],
    ['and, or of one field', () => ({ n: _.gt(0).and(_.lt(2)) }), 'a'],
    ['or of one field', () => ({ n: _.or(_.gt(2), _.lt(0)) }), 'be'],
    ['and of conditions', () => _.and([{ n: _.gt(0) }, { list: 3 }]), 'b'],
    ['or of conditions', () => _.or([{ n: 1 }, { s: 'bob' }]), 'ab'],
    ['nor', () => _.nor([{ n: 1 }, { s: 'bob' }]), 'cde'],
    ['and of ors', () => _.and([_.or([{ n: 1 }, { n: 2.5 }]), _.or([{ s: 'bob' }, { s: 'x' }])]), 'b'],
    ['a document: each of its fields', () => ({ o: { x: 1 } }), 'ab'],
    ['eq of a document: the whole of it', () => ({ o: _.eq({ x: 1 }) }), 'b'],
    ['a dotted path', () => ({ 'deep.er.n': _.lt(5) }), 'd'],
    ['documents in documents', () => ({ deep: { er: { n: 4 } } }), 'd'],
    ['an expression', () => _.expr(_.aggregate.gt(['$n', 1])), 'b'],
  ]
  test.each(cases)('%s', async (_what, where, found) => expect(await ids(where())).toBe(found))

  const refused: [what: string, where: () => object, words: string][] = [
    ['or of nothing', () => _.or([]), 'nonempty'],
    ['an operator that there is not', () => ({ n: { $nope: 1 } }), '$nope'],
    ['a script', () => ({ $where: 'true' }), 'script'],
    [
      'geo: near',
      () => ({ at: _.geoNear({ geometry: sdk.point(1, 2), minDistance: 0, maxDistance: 10 }) }),
      'not supported by the local database',
    ],
  ]
  test.each(refused)('%s is refused', async (_what, where, words) => {
    const outcome: Record<string, unknown> = await ids(where()).then(
      () => ({}),
      (error) => error,
    )
    expect(String(outcome.errMsg ?? outcome.message)).toContain(words)
    expect([-502001, 'DATABASE_REQUEST_FAILED', -1]).toContain(outcome.errCode ?? outcome.code ?? -1)
  })
})
