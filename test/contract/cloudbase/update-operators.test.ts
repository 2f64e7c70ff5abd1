import tcb from '@cloudbase/node-sdk'
import { type AnyDoc, SDKS, startBackend } from './backend'

let backend: Awaited<ReturnType<typeof startBackend>>
beforeAll(async () => {
  backend = await startBackend({ indexes: { things: [] } })
})
afterAll(() => backend.stop())

let n = 0
describe.each(Object.entries(SDKS))('through %s', (_name, sdk) => {
  const { command: _ } = sdk.db()
  /** What becomes of a document; the number of changed documents first. */
  const change = async (doc: AnyDoc, data: object, where: object = {}) => {
    const _id = `d${++n}`
    await sdk.add('things', { _id, ...doc })
    const updated = await sdk.update('things', { _id, ...where }, data)
    const { _id: _same, ...after } = (await sdk.find('things', { _id }))[0] ?? {}
    return [updated, after]
  }
  type Case = [what: string, doc: AnyDoc, data: () => object, after: AnyDoc, where?: object]
  const cases: Case[] = [
    ['a value', { a: 1 }, () => ({ a: 'x', b: null }), { a: 'x', b: null }],
    ['undefined is dropped', { a: 1 }, () => ({ a: undefined, b: 1 }), { a: 1, b: 1 }],
    ['a document: merged', { a: { x: 1, y: 1 } }, () => ({ a: { y: 2, z: 3 } }), { a: { x: 1, y: 2, z: 3 } }],
    ['set: a document as a whole', { a: { x: 1 } }, () => ({ a: _.set({ y: 2 }) }), { a: { y: 2 } }],
    ['a dotted path, made as needed', {}, () => ({ 'a.b.c': 1 }), { a: { b: { c: 1 } } }],
    ['an element', { a: [1, 2] }, () => ({ 'a.1': 9 }), { a: [1, 9] }],
    ['an element beyond the end', { a: [1] }, () => ({ 'a.3': 9 }), { a: [1, null, null, 9] }],
    ['remove', { a: 1, b: { x: 1, y: 2 } }, () => ({ a: _.remove(), 'b.x': _.remove() }), { b: { y: 2 } }],
    ['inc', { a: 1 }, () => ({ a: _.inc(-3) }), { a: -2 }],
    ['inc of no field', {}, () => ({ a: _.inc(2), 'b.c': _.inc(1) }), { a: 2, b: { c: 1 } }],
    ['mul', { a: 3 }, () => ({ a: _.mul(1.5), b: _.mul(7) }), { a: 4.5, b: 0 }],
    ['min and max', { a: 5, b: 5 }, () => ({ a: _.min(3), b: _.max(9) }), { a: 3, b: 9 }],
    ['min and max of no field', {}, () => ({ a: _.min(3), b: _.max(9) }), { a: 3, b: 9 }],
    ['max of dates', { a: new Date(5) }, () => ({ a: _.max(new Date(9)) }), { a: new Date(9) }],
    ['rename', { a: 1, b: 2 }, () => ({ a: _.rename('c') }), { b: 2, c: 1 }],
    ['push one', { l: [1] }, () => ({ l: _.push(2) }), { l: [1, 2] }],
    ['push several', { l: [1] }, () => ({ l: _.push([2, 3]) }), { l: [1, 2, 3] }],
    ['push to no list', {}, () => ({ l: _.push([1]) }), { l: [1] }],
    ['push at a position', { l: [1, 4] }, () => ({ l: _.push({ each: [2, 3], position: 1 }) }), { l: [1, 2, 3, 4] }],
    ['push and sort', { l: [3, 1] }, () => ({ l: _.push({ each: [2], sort: -1 }) }), { l: [3, 2, 1] }],
    [
      'push and sort by a field',
      { l: [{ s: 3 }, { s: 1 }] },
      () => ({ l: _.push({ each: [{ s: 2 }], sort: { s: 1 } }) }),
      { l: [{ s: 1 }, { s: 2 }, { s: 3 }] },
    ],
    ['push and keep the last', { l: [1, 2, 3] }, () => ({ l: _.push({ each: [4], slice: -2 }) }), { l: [3, 4] }],
    [
      'push, sort and keep the first',
      { l: [5, 1] },
      () => ({ l: _.push({ each: [9], sort: -1, slice: 2 }) }),
      { l: [9, 5] },
    ],
    ['unshift', { l: [3] }, () => ({ l: _.unshift([1, 2]) }), { l: [1, 2, 3] }],
    ['pop', { l: [1, 2, 3] }, () => ({ l: _.pop() }), { l: [1, 2] }],
    ['shift', { l: [1, 2, 3] }, () => ({ l: _.shift() }), { l: [2, 3] }],
    ['pull a value', { l: [1, 2, 1] }, () => ({ l: _.pull(1) }), { l: [2] }],
    ['pull by a condition', { l: [1, 2, 3] }, () => ({ l: _.pull(_.gt(1)) }), { l: [1] }],
    ['pull documents', { l: [{ a: 1, b: 2 }, { a: 2 }] }, () => ({ l: _.pull({ a: 1 }) }), { l: [{ a: 2 }] }],
    ['pullAll', { l: [1, 2, 3, 1] }, () => ({ l: _.pullAll([1, 3]) }), { l: [2] }],
    ['addToSet', { l: [1] }, () => ({ l: _.addToSet(2) }), { l: [1, 2] }],
    ['addToSet several', { l: [1] }, () => ({ l: _.addToSet({ $each: [1, 2, 2] }) }), { l: [1, 2] }],
    [
      'the element that was found',
      {
        l: [
          { id: 1, n: 0 },
          { id: 2, n: 0 },
        ],
      },
      () => ({ 'l.$.n': _.inc(5) }),
      {
        l: [
          { id: 1, n: 0 },
          { id: 2, n: 5 },
        ],
      },
      { 'l.id': 2 },
    ],
    [
      'the element that meets all of the query',
      {
        l: [
          { id: 1, n: 7 },
          { id: 2, n: 0 },
          { id: 2, n: 7 },
        ],
      },
      () => ({ 'l.$.n': 9 }),
      {
        l: [
          { id: 1, n: 7 },
          { id: 2, n: 0 },
          { id: 2, n: 9 },
        ],
      },
      { 'l.id': 2, 'l.n': 7 },
    ],
    [
      'the element found by elemMatch',
      { l: [{ n: 1 }, { n: 5 }] },
      () => ({ 'l.$': 0 }),
      { l: [{ n: 1 }, 0] },
      { l: { $elemMatch: { n: 5 } } },
    ],
    ['every element', { l: [1, 2] }, () => ({ 'l.$[]': _.inc(1) }), { l: [2, 3] }],
  ]
  // A rest parameter, because jest would take a fifth one for `done`.
  test.each(cases)('%s', async (...[_what, doc, data, after, where]: Case) => {
    expect(await change(doc, data(), where)).toEqual([1, after])
  })

  const nothing: [what: string, doc: AnyDoc, data: () => object][] = [
    [
      'the value that is there',
      { a: { b: [1, { c: 1 }] }, at: new Date(5) },
      () => ({ a: _.set({ b: [1, { c: 1 }] }), at: new Date(5) }),
    ],
    ['max of less', { a: 5 }, () => ({ a: _.max(4) })],
    ['addToSet of what is in it', { l: [{ a: 1 }] }, () => ({ l: _.addToSet({ a: 1 }) })],
    ['pull of what is not in it', { l: [1] }, () => ({ l: _.pull(2) })],
    ['pop of no list', {}, () => ({ l: _.pop() })],
    ['rename of no field', { a: 1 }, () => ({ b: _.rename('c') })],
    ['remove of no field', { a: 1 }, () => ({ b: _.remove() })],
  ]
  test.each(nothing)('%s changes nothing, and counts nothing', async (_what, doc, data) => {
    expect(await change(doc, data())).toEqual([0, doc])
  })

  const refused: [what: string, doc: AnyDoc, data: () => object][] = [
    ['inc of a text', { a: 'x' }, () => ({ a: _.inc(1) })],
    ['inc of null', { a: null }, () => ({ a: _.inc(1) })],
    ['inc of a list', { a: [1] }, () => ({ a: _.inc(1) })],
    ['inc of a text in a list', { a: ['x'] }, () => ({ 'a.0': _.inc(1) })],
    ['mul of a text', { a: 'x' }, () => ({ a: _.mul(1) })],
    ['push to a number', { l: 5 }, () => ({ l: _.push([1]) })],
    ['push to null', { l: null }, () => ({ l: _.push([1]) })],
    ['pop of a number', { l: 5 }, () => ({ l: _.pop() })],
    ['pull from a number', { l: 5 }, () => ({ l: _.pull(5) })],
    ['addToSet to a text', { l: 'x' }, () => ({ l: _.addToSet('x') })],
    ['a field of a number', { a: 1 }, () => ({ 'a.b': 2 })],
    ['a field of null', { a: null }, () => ({ 'a.b': 2 })],
    ['a field of a list', { a: [1] }, () => ({ 'a.b': 2 })],
    ['a path and a part of it', { a: {} }, () => ({ 'a.b': _.inc(1), a: _.set({}) })],
    ['the found element of a query that found none', { l: [1] }, () => ({ 'l.$': 2 })],
  ]
  test.each(refused)('%s is refused, and changes nothing', async (_what, doc, data) => {
    const _id = `d${++n}`
    await sdk.add('things', { _id, ...doc })
    const error = await sdk.update('things', { _id }, data()).then(
      () => ({}),
      (reason: { code?: string; errCode?: number }) => reason,
    )
    expect(error).toMatchObject('errCode' in error ? { errCode: -502001 } : { code: 'DATABASE_REQUEST_FAILED' })
    expect(await sdk.find('things', { _id })).toEqual([{ _id, ...doc }])
  })

  test('many documents at once are counted as those that changed', async () => {
    const group = `g${++n}`
    for (let i = 0; i < 5; i++) await sdk.add('things', { group, i })
    expect(await sdk.update('things', { group }, { low: true })).toBe(5)
    expect(await sdk.update('things', { group, i: _.gte(1) }, { i: 1 })).toBe(3)
    expect(await sdk.update('things', { group: 'nobody' }, { i: 1 })).toBe(0)
  })

  test('a change of one that cannot be done leaves all as they were', async () => {
    const group = `g${++n}`
    await sdk.add('things', { group, i: 1 })
    await sdk.add('things', { group, i: 'one' })
    await expect(sdk.update('things', { group }, { i: _.inc(1) })).rejects.toBeDefined()
    expect((await sdk.find('things', { group })).map(({ i }) => i)).toEqual([1, 'one'])
  })
})

describe('updateAndReturn', () => {
  const db = () => tcb.init({ env: 'local' }).database()
  const things = () => db().collection('things')
  test('changes one document, and gives it as it is then', async () => {
    const _ = db().command
    await things().add({
      _id: 'r',
      l: [
        { id: 'x', n: 1 },
        { id: 'y', n: 1 },
      ],
    })
    expect(
      await things()
        .where({ _id: 'r', 'l.id': 'y' })
        .updateAndReturn({ 'l.$.n': _.inc(1) }),
    ).toMatchObject({
      updated: 1,
      doc: {
        _id: 'r',
        l: [
          { id: 'x', n: 1 },
          { id: 'y', n: 2 },
        ],
      },
    })
  })
  test('gives the document too when the change left it as it was', async () => {
    await things().add({ _id: 'same', n: 1 })
    expect(await things().where({ _id: 'same' }).updateAndReturn({ n: 1 })).toMatchObject({
      updated: 0,
      doc: { _id: 'same', n: 1 },
    })
  })
  test('gives null when nothing matched', async () => {
    expect(await things().where({ _id: 'nobody' }).updateAndReturn({ n: 1 })).toMatchObject({ updated: 0, doc: null })
  })
})
