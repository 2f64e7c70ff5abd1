import tcb from '@cloudbase/node-sdk'
import cloud from 'wx-server-sdk'
import { startBackend, wxDb } from './backend'

let backend: Awaited<ReturnType<typeof startBackend>>
beforeAll(async () => {
  backend = await startBackend({
    indexes: { things: [], people: [{ name: 'phone_1', keys: [['phone', 1]], unique: true }] },
  })
  cloud.init({ env: 'local' })
})
afterAll(() => backend.stop())

const nodeDb = () => tcb.init({ env: 'local' }).database()
let n = 0
/** A collection nobody else uses. */
const fresh = async () => {
  const name = `c${++n}`
  await wxDb().createCollection(name)
  return name
}

describe('through wx-server-sdk', () => {
  test('a missing collection is -502005', async () => {
    await expect(wxDb().collection('nowhere').get()).rejects.toMatchObject({ errCode: -502005 })
  })

  test('server dates, dates, numbers and nested values come back as they went', async () => {
    const things = wxDb().collection(await fresh())
    const before = Date.now()
    const data = {
      at: new Date(0),
      big: 2 ** 40,
      half: 1.5,
      nested: { list: [1, { a: null }] },
      later: wxDb().serverDate({ offset: 60_000 }),
    }
    const { _id } = await things.add({ data })
    const { data: read } = await things.doc(_id).get()
    expect(read).toMatchObject({ at: new Date(0), big: 2 ** 40, half: 1.5, nested: { list: [1, { a: null }] } })
    const offset = (read.later as Date).getTime() - before
    expect(offset).toBeGreaterThanOrEqual(60_000)
    expect(offset).toBeLessThan(70_000)
  })

  test('inc, push, unshift, addToSet, pull, remove and dotted set change what they name', async () => {
    const db = wxDb()
    const _ = db.command
    const things = db.collection(await fresh())
    await things.add({ data: { _id: 'a', n: 1, list: ['x'], gone: 1, deep: { keep: 1, set: 1 } } })
    const update = (data: object) => things.doc('a').update({ data })
    await update({ n: _.inc(2), list: _.push(['y', 'z']), gone: _.remove(), deep: { set: 2 }, 'deep.more': true })
    await update({ list: _.unshift(['w']) })
    await update({ list: _.addToSet('w') })
    await update({ list: _.pull('y'), deep: _.set({ only: 1 }) })
    expect((await things.doc('a').get()).data).toEqual({ _id: 'a', n: 3, list: ['w', 'x', 'z'], deep: { only: 1 } })
    expect((await update({ n: 3 })).stats.updated).toBe(0)
  })

  test('set replaces a whole document, or makes it', async () => {
    const things = wxDb().collection(await fresh())
    await things.doc('s').set({ data: { a: 1 } })
    await things.doc('s').set({ data: { b: 2 } })
    expect((await things.doc('s').get()).data).toEqual({ _id: 's', b: 2 })
  })

  test('ranges, or, RegExp, in, exists and dates select; order, projection, skip and count shape', async () => {
    const db = wxDb()
    const _ = db.command
    const things = db.collection(await fresh())
    for (let i = 0; i < 10; i++)
      await things.add({
        data: { _id: `d${i}`, i, t: new Date(i * 1000), name: `Name ${i}`, ...(i % 2 ? { odd: true } : {}) },
      })
    const ids = async (where: object) => (await things.where(where).get()).data.map((doc: { _id: string }) => doc._id)
    expect(await ids({ i: _.gte(3).and(_.lt(5)) })).toEqual(['d3', 'd4'])
    expect(await ids(_.or([{ i: 1 }, { name: 'Name 7' }]))).toEqual(['d1', 'd7'])
    expect(await ids({ name: db.RegExp({ regexp: '^name [89]', options: 'i' }) })).toEqual(['d8', 'd9'])
    expect(await ids({ t: _.gt(new Date(7500)) })).toEqual(['d8', 'd9'])
    expect(await ids({ i: _.in([2, 4, 99]) })).toEqual(['d2', 'd4'])
    expect(await ids({ odd: _.exists(false), i: _.gt(5) })).toEqual(['d6', 'd8'])
    const page = await things.where({ odd: true }).orderBy('i', 'desc').skip(1).limit(2).field({ i: true }).get()
    expect(page.data).toEqual([
      { _id: 'd7', i: 7 },
      { _id: 'd5', i: 5 },
    ])
    expect(await things.where({ odd: true }).count()).toMatchObject({ total: 5 })
  })

  test('aggregate matches, groups and sorts', async () => {
    const db = wxDb()
    const things = db.collection(await fresh())
    for (const [kind, n] of [
      ['a', 1],
      ['b', 5],
      ['a', 2],
    ] as const)
      await things.add({ data: { kind, n } })
    const $ = db.command.aggregate
    const { list } = (await things
      .aggregate()
      .match({ n: db.command.gt(0) })
      .group({ _id: '$kind', sum: $.sum('$n') })
      .sort({ _id: 1 })
      .end()) as { list: unknown[] }
    expect(list).toEqual([
      { _id: 'a', sum: 3 },
      { _id: 'b', sum: 5 },
    ])
  })

  test('a taken _id and a taken unique key are -502001 with E11000', async () => {
    const people = wxDb().collection('people')
    await people.add({ data: { _id: 'p1', phone: '1' } })
    const refused = { errCode: -502001, errMsg: expect.stringContaining('E11000') }
    await expect(people.add({ data: { _id: 'p1', phone: '2' } })).rejects.toMatchObject(refused)
    await expect(people.add({ data: { _id: 'p2', phone: '1' } })).rejects.toMatchObject(refused)
    await people.add({ data: { _id: 'p3', phone: '3' } })
    await expect(people.doc('p3').update({ data: { phone: '1' } })).rejects.toMatchObject(refused)
  })

  test('a document that is not there is null', async () => {
    expect((await wxDb().collection('things').doc('nobody').get()).data).toBeNull()
  })

  test('a result over 1 MB is refused with -602001', async () => {
    const things = wxDb().collection(await fresh())
    for (let i = 0; i < 3; i++) await things.add({ data: { text: 'x'.repeat(400_000) } })
    await expect(things.get()).rejects.toMatchObject({ errMsg: expect.stringContaining('-602001') })
    expect((await things.limit(2).get()).data).toHaveLength(2)
  })

  test('remove counts what it removed', async () => {
    const things = wxDb().collection(await fresh())
    for (let i = 0; i < 3; i++) await things.add({ data: { i } })
    expect(await things.where({ i: wxDb().command.lt(2) }).remove()).toMatchObject({ stats: { removed: 2 } })
    expect(await things.count()).toMatchObject({ total: 1 })
  })
})

describe('through @cloudbase/node-sdk', () => {
  test('updateAndReturn gives the document after the change, or nothing', async () => {
    const db = nodeDb()
    const things = db.collection(await fresh())
    await things.add({ _id: 'a', n: 1 })
    const inc = (where: object) => things.where(where).updateAndReturn({ n: db.command.inc(1) })
    expect(await inc({ _id: 'a' })).toMatchObject({ updated: 1, doc: { _id: 'a', n: 2 } })
    const none = await inc({ _id: 'b' })
    expect(none.updated).toBe(0)
    expect(none.doc ?? null).toBeNull()
  })

  test('refuses in its own codes: a missing collection, a bad name, what the server cannot do', async () => {
    const db = nodeDb()
    await expect(db.collection('nowhere').add({ a: 1 })).rejects.toMatchObject({
      code: 'DATABASE_COLLECTION_NOT_EXIST',
    })
    await expect(db.collection('$bad').get()).rejects.toMatchObject({ code: 'INVALID_PARAM' })
    await expect(wxDb().collection('$bad').get()).rejects.toMatchObject({ errCode: -501007 })
    await expect(db.createCollection('things')).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
  })

  test('only one of many when told so', async () => {
    const db = nodeDb()
    const things = db.collection(await fresh())
    await things.add([{ n: 1 }, { n: 1 }])
    expect(await things.where({ n: 1 }).options({ multiple: false }).update({ n: 2 })).toMatchObject({ updated: 1 })
    expect(await things.where({}).options({ multiple: false }).remove()).toMatchObject({ deleted: 1 })
    expect(await things.count()).toMatchObject({ total: 1 })
  })

  test('set tells what it made, and what it changed', async () => {
    const things = nodeDb().collection(await fresh())
    expect(await things.doc('s').set({ a: 1 })).toMatchObject({ updated: 0, upsertedId: 's' })
    expect(await things.doc('s').set({ a: 2 })).toMatchObject({ updated: 1 })
    expect(await things.doc('s').set({ a: 2 })).toMatchObject({ updated: 0 })
    expect((await things.doc('s').get()).data).toEqual([{ _id: 's', a: 2 }])
  })

  test('a document that is not there is changed and removed none times', async () => {
    const things = nodeDb().collection('things')
    expect(await things.doc('nobody').update({ a: 1 })).toMatchObject({ updated: 0 })
    expect(await things.doc('nobody').remove()).toMatchObject({ deleted: 0 })
    expect((await things.doc('nobody').get()).data).toEqual([])
  })

  // Not by the SDK's own watch(): it asks for this first, logs the refusal, and tries again for a minute after the test.
  test('watch() is told at once why it will not work', async () => {
    const refused = { code: 'DATABASE_REQUEST_FAILED', message: expect.stringContaining('watch() is not supported') }
    await expect(backend.store.run('auth.wsWebSign', {})).rejects.toMatchObject(refused)
  })

  test('several documents in one add are inserted all or not at all', async () => {
    const db = nodeDb()
    const things = db.collection(await fresh())
    await things.add([{ _id: 'a' }, { _id: 'b' }])
    expect(await things.count()).toMatchObject({ total: 2 })
    await expect(things.add([{ _id: 'c' }, { _id: 'a' }])).rejects.toMatchObject({ code: 'DATABASE_REQUEST_FAILED' })
    expect(await things.count()).toMatchObject({ total: 2 })
  })

  test('inc of a text is refused and changes nothing', async () => {
    const db = nodeDb()
    const things = db.collection(await fresh())
    await things.add({ _id: 'a', n: 'one' })
    await expect(things.doc('a').update({ n: db.command.inc(1) })).rejects.toMatchObject({
      code: 'DATABASE_REQUEST_FAILED',
    })
    expect((await things.doc('a').get()).data).toEqual([{ _id: 'a', n: 'one' }])
  })
})
