import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { EJSON } from 'bson'
import { openStore, type Store } from '../../../local/cloudbase'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'cloudbase-'))
})
afterEach(() => rmSync(dir, { recursive: true }))

const open = (unique = false) =>
  openStore({ file: join(dir, 'cloudbase.db'), indexes: { rooms: [{ name: 'n', keys: [['n', 1]], unique }] } })
const insert = (store: Store, ...docs: object[]) =>
  store.run('database.insertDocument', { collectionName: 'rooms', data: docs.map((doc) => EJSON.stringify(doc)) })
const modify = (store: Store, _id: string, data: object, transactionId?: string) =>
  store.run('database.modifyDocument', {
    collectionName: 'rooms',
    query: EJSON.stringify({ _id }),
    data: EJSON.stringify(data),
    ...(transactionId ? { transactionId } : {}),
  })
const ids = (store: Store) => store.select('rooms', { query: {} }).map((doc) => doc._id)

test('a reopened file has what was committed, in the order of insertion, and nothing of an open transaction', async () => {
  const first = open()
  await insert(first, { _id: 'z', n: 1, at: new Date(5) }, { _id: 'a', n: 2 }, { _id: 'm', n: 3 })
  await modify(first, 'z', { $set: { n: 9 } })
  await first.run('database.removeDocument', { collectionName: 'rooms', query: '{"_id":"m"}' })
  const { transactionId } = await first.run('database.startTransaction', {})
  await modify(first, 'a', { $set: { n: 100 } }, String(transactionId))
  first.close()
  const second = open()
  expect(second.select('rooms', { query: {} })).toEqual([
    { _id: 'z', n: 9, at: new Date(5) },
    { _id: 'a', n: 2 },
  ])
  expect(second.select('rooms', { query: { n: { $gt: 5 } }, order: [['n', 1]], limit: 1 })).toMatchObject([
    { _id: 'z' },
  ])
  second.close()
})

test('a second store over the same file is refused in plain words', () => {
  const first = open()
  expect(() => open()).toThrow('another process is using it')
  first.close()
})

test('a file that is no database is refused by name', () => {
  const file = join(dir, 'cloudbase.db')
  writeFileSync(file, 'not a database, and long enough to be looked at'.repeat(40))
  expect(() => openStore({ file })).toThrow(`cannot open the database ${file}`)
})

test('stored documents that break a newly declared unique index are named at the opening', async () => {
  const first = open()
  await insert(first, { _id: 'a', n: 1 }, { _id: 'b', n: 1 })
  first.close()
  expect(() => open(true)).toThrow('unique index n of rooms')
  const again = open()
  expect(ids(again)).toEqual(['a', 'b'])
  again.close()
})

test('a transaction that nobody ends is dropped after its time, and its locks with it', async () => {
  const store = openStore({ indexes: { rooms: [] }, txTimeoutMs: 20 })
  await insert(store, { _id: 'a', n: 1 })
  const { transactionId } = await store.run('database.startTransaction', {})
  await modify(store, 'a', { $set: { n: 2 } }, String(transactionId))
  await modify(store, 'a', { $inc: { n: 10 } })
  expect(store.select('rooms', { query: {} })).toEqual([{ _id: 'a', n: 11 }])
  await expect(store.run('database.commitTransaction', { transactionId })).rejects.toThrow('transaction not exist')
  store.close()
})
