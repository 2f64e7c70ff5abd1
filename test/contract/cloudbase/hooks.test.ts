import tcb from '@cloudbase/node-sdk'
import cloud from 'wx-server-sdk'
import { type ServeOptions, type StoreOptions, WireError } from '../../../local/cloudbase'
import { RoundTrips } from '../../support/round-trips'
import { startBackend, wxDb } from './backend'

type Backend = Awaited<ReturnType<typeof startBackend>>
let backend: Backend
afterEach(() => backend.stop())
const start = async (options: StoreOptions, serve: ServeOptions = {}) => {
  backend = await startBackend({ indexes: { rooms: [], users: [] }, ...options }, serve)
  cloud.init({ env: 'local' })
}
const stored = () => backend.store.select('rooms', { query: {} })
const rooms = () => wxDb().collection('rooms')
const down = () => new WireError('SYS_ERR', 'the database is gone')

describe('a database that fails at a write', () => {
  test('before it is applied: the caller hears an error and nothing has changed', async () => {
    const seen: string[] = []
    await start({
      onBeforeWrite(collection, op) {
        seen.push(`${op} ${collection}`)
        throw down()
      },
    })
    await expect(rooms().add({ data: { _id: 'a' } })).rejects.toMatchObject({ errCode: -501001 })
    await expect(
      rooms()
        .doc('a')
        .update({ data: { n: 1 } }),
    ).rejects.toMatchObject({ errCode: -501001 })
    await expect(rooms().where({ n: 1 }).remove()).rejects.toMatchObject({ errCode: -501001 })
    await rooms().get()
    expect(seen).toEqual(['insert rooms', 'update rooms', 'remove rooms'])
    expect(stored()).toEqual([])
  })

  test('after it is applied: the caller hears an error and the write is there', async () => {
    await start({
      onAfterWrite() {
        throw down()
      },
    })
    await expect(rooms().add({ data: { _id: 'a' } })).rejects.toMatchObject({ errCode: -501001 })
    expect(stored()).toEqual([{ _id: 'a' }])
  })

  test('and never answers: whoever gives up can go on, and the database still closes', async () => {
    await start({ onBeforeWrite: (_collection, op) => (op === 'insert' ? new Promise(() => {}) : undefined) })
    const outcome = rooms()
      .add({ data: { _id: 'a' } })
      .catch(() => 'gone')
    expect((await rooms().get()).data).toEqual([])
    await backend.served.close()
    expect(await outcome).toBe('gone')
  })

  test('sees a transaction as its commit, which leaves all of its writes or none', async () => {
    const seen: string[] = []
    const fault = { on: true }
    await start({
      onBeforeWrite(collection, op) {
        seen.push(`${op} ${collection}`)
        if (fault.on) throw down()
      },
    })
    const both = async () => {
      const tx = await tcb.init({ env: 'local' }).database().startTransaction()
      await tx.collection('users').add({ _id: 'u' })
      await tx.collection('rooms').add({ _id: 'r' })
      await tx.commit()
    }
    await expect(both()).rejects.toMatchObject({ code: 'SYS_ERR' })
    expect(stored()).toEqual([])
    fault.on = false
    // The failed one still holds its documents, as a caller that died in its commit would.
    await expect(both()).rejects.toMatchObject({ code: 'DATABASE_TRANSACTION_CONFLICT' })
    expect(seen).toEqual(['commit rooms,users'])
  })
})

describe('round trips', () => {
  const trips = new RoundTrips()
  const open = () => start({}, { onRequest: trips.onRequest })

  test('calls in parallel are one round, calls in a row one each, in both SDKs', async () => {
    await open()
    const node = tcb.init({ env: 'local' }).database().collection('rooms')
    const { calls, rounds, result } = await trips.measure(async () => {
      await rooms().add({ data: { _id: 'a' } })
      await Promise.all([rooms().doc('a').get(), node.doc('a').get(), node.where({}).count()])
      return (await node.doc('a').get()).data
    })
    expect(result).toEqual([{ _id: 'a' }])
    expect(calls).toHaveLength(5)
    expect(rounds.map((round) => round.length)).toEqual([1, 3, 1])
    expect(rounds[0]).toEqual([{ action: 'database.insertDocument', collection: 'rooms' }])
  })

  test('two chains of different length side by side take as many rounds as the longer one', async () => {
    await open()
    const steps = async (count: number) => {
      for (let i = 0; i < count; i++) await rooms().doc('a').get()
    }
    for (let repeat = 0; repeat < 10; repeat++) {
      const { rounds } = await trips.measure(() => Promise.all([steps(3), steps(1), steps(2)]))
      expect(rounds.map((round) => round.length)).toEqual([3, 2, 1])
    }
  })

  test('work without a call has no round; work that fails fails', async () => {
    await open()
    expect(await trips.measure(async () => 7)).toEqual({ result: 7, calls: [], rounds: [] })
    await expect(trips.measure(() => wxDb().collection('nowhere').get())).rejects.toMatchObject({ errCode: -502005 })
    expect((await rooms().get()).data).toEqual([])
  })
})
