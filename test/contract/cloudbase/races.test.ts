import tcb from '@cloudbase/node-sdk'
import cloud from 'wx-server-sdk'
import { startBackend, wxDb } from './backend'

// Thousands of calls through the SDKs: on a machine that does other things too, more than the usual 20 s.
jest.setTimeout(60_000)

let backend: Awaited<ReturnType<typeof startBackend>>
beforeAll(async () => {
  backend = await startBackend({
    indexes: { rooms: [], members: [], stages: [{ name: 'holder_1', keys: [['holder', 1]], unique: true }] },
  })
  cloud.init({ env: 'local' })
})
afterAll(() => backend.stop())

const SEATS = 6
const CONFLICT = /TransactionConflict|DATABASE_TRANSACTION_CONFLICT/
let n = 0
const room = async () => {
  const _id = `room${++n}`
  await wxDb()
    .collection('rooms')
    .add({ data: { _id, status: 'live', seatsUsed: 0, seats: {}, n: 0 } })
  return _id
}
const read = async (_id: string) => (await wxDb().collection('rooms').doc(_id).get()).data
const all = <T>(count: number, body: (i: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, i) => body(i)))

describe('transactions', () => {
  test('read their own writes; nobody else does until the commit', async () => {
    const db = tcb.init({ env: 'local' }).database()
    const id = await room()
    const tx = await db.startTransaction()
    await tx.collection('rooms').doc(id).update({ n: 1 })
    await tx.collection('rooms').add({ _id: `${id}x`, n: 7 })
    expect((await tx.collection('rooms').doc(id).get()).data).toMatchObject({ n: 1 })
    expect((await read(id)).n).toBe(0)
    expect(await read(`${id}x`)).toBeNull()
    await tx.commit()
    expect((await read(id)).n).toBe(1)
    expect((await read(`${id}x`)).n).toBe(7)
  })

  test('see one snapshot, whatever is written meanwhile, and conflict when they write what has changed', async () => {
    const db = tcb.init({ env: 'local' }).database()
    const id = await room()
    const tx = await db.startTransaction()
    await wxDb()
      .collection('rooms')
      .doc(id)
      .update({ data: { n: 5 } })
    expect((await tx.collection('rooms').doc(id).get()).data).toMatchObject({ n: 0 })
    await expect(tx.collection('rooms').doc(id).update({ n: 1 })).rejects.toMatchObject({
      code: 'DATABASE_TRANSACTION_CONFLICT',
    })
    expect((await read(id)).n).toBe(5)
  })

  test('leave nothing behind when rolled back, and let a waiting plain write through', async () => {
    const db = tcb.init({ env: 'local' }).database()
    const id = await room()
    const tx = await db.startTransaction()
    await tx.collection('rooms').doc(id).update({ n: 1 })
    const order: string[] = []
    const plain = wxDb()
      .collection('rooms')
      .doc(id)
      .update({ data: { n: db.command.inc(10) } })
      .then(() => order.push('plain'))
    await tx.rollback()
    order.push('rollback')
    await plain
    expect(order).toEqual(['rollback', 'plain'])
    expect((await read(id)).n).toBe(10)
  })

  test('hold a unique key that they have written: another transaction conflicts, a plain write waits', async () => {
    const db = tcb.init({ env: 'local' }).database()
    const [a, b] = [await db.startTransaction(), await db.startTransaction()]
    await a.collection('stages').add({ _id: 'a', holder: 'h' })
    await expect(b.collection('stages').add({ _id: 'b', holder: 'h' })).rejects.toMatchObject({
      code: 'DATABASE_TRANSACTION_CONFLICT',
    })
    const order: string[] = []
    const plain = wxDb()
      .collection('stages')
      .add({ data: { _id: 'c', holder: 'h' } })
      .catch(({ errMsg }: { errMsg: string }) => order.push(errMsg))
    await a.commit()
    order.push('commit')
    await plain
    expect(order).toEqual(['commit', expect.stringContaining('E11000')])
    expect((await wxDb().collection('stages').get()).data).toEqual([{ _id: 'a', holder: 'h' }])
  })

  test('do not cover where(): its changes are made at once, by both SDKs, and outlive a rollback', async () => {
    const id = await room()
    const db = tcb.init({ env: 'local' }).database()
    const tx = await db.startTransaction()
    const inside = tx.collection('rooms') as unknown as ReturnType<typeof db.collection>
    await inside.where({ _id: id }).update({ n: 1 })
    await tx.rollback()
    const wx = wxDb().runTransaction(async (wxTx) => {
      await wxTx
        .collection('rooms')
        .where({ _id: id })
        .update({ data: { status: 'trapped' } })
      throw new Error('and back')
    })
    await expect(wx).rejects.toThrow('and back')
    expect(await read(id)).toMatchObject({ n: 1, status: 'trapped' })
  })

  test('that have ended are told so', async () => {
    const tx = await tcb.init({ env: 'local' }).database().startTransaction()
    await tx.commit()
    const gone = { code: 'DATABASE_REQUEST_FAILED', message: expect.stringContaining('transaction not exist') }
    await expect(tx.commit()).rejects.toMatchObject(gone)
    await expect(tx.collection('rooms').add({ _id: 'late' })).rejects.toMatchObject(gone)
  })

  test('C: wx-server-sdk does not retry a conflict that an operation raises; what got through is counted once', async () => {
    const id = await room()
    const attempt = () =>
      wxDb().runTransaction(async (tx) => {
        const doc = tx.collection('rooms').doc(id)
        const { seatsUsed } = (await doc.get()).data
        await doc.update({ data: { seatsUsed: seatsUsed + 1 } })
      })
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, attempt))
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
    expect(lost.length).toBeGreaterThan(0)
    for (const { code = '', errMsg = '' } of lost) expect(`${code}${errMsg}`).toMatch(CONFLICT)
    expect((await read(id)).seatsUsed).toBe(20 - lost.length)
  })

  test('C3: node-sdk with enough tries seats six of 20', async () => {
    const id = await room()
    const db = tcb.init({ env: 'local' }).database()
    const outcomes = await all(20, () =>
      db.runTransaction(async (tx: ReturnType<typeof wxDb>) => {
        const doc = tx.collection('rooms').doc(id)
        const { seatsUsed } = (await doc.get()).data
        if (seatsUsed >= SEATS) return 'full'
        await doc.update({ seatsUsed: seatsUsed + 1 } as never)
        return 'taken'
      }, 60),
    )
    expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(SEATS)
    expect((await read(id)).seatsUsed).toBe(SEATS)
  })

  test('D: own retry with backoff around wx-server-sdk seats exactly six of 40', async () => {
    const id = await room()
    const attempt = () =>
      wxDb().runTransaction(async (tx) => {
        const doc = tx.collection('rooms').doc(id)
        const { seatsUsed } = (await doc.get()).data
        if (seatsUsed >= SEATS) return 'full'
        await doc.update({ data: { seatsUsed: seatsUsed + 1 } })
        return 'taken'
      }, 0)
    const patient = async () => {
      for (let i = 0; ; i++) {
        try {
          return await attempt()
        } catch (error) {
          const { code = '', errMsg = '' } = error as { code?: string; errMsg?: string }
          if (i > 40 || !CONFLICT.test(code + errMsg)) throw error
          await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** Math.min(i, 4)))
        }
      }
    }
    const outcomes = await all(40, patient)
    expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(SEATS)
    expect((await read(id)).seatsUsed).toBe(SEATS)
  })
})

describe('guarded updates of one document', () => {
  test('A: 200 callers get exactly six seats', async () => {
    const id = await room()
    const _ = wxDb().command
    const outcomes = await all(200, async (i) => {
      const key = `seats.u${i}`
      const { stats } = await wxDb()
        .collection('rooms')
        .where({ _id: id, status: 'live', seatsUsed: _.lt(SEATS), [key]: _.exists(false) })
        .update({ data: { seatsUsed: _.inc(1), [key]: { at: i } } })
      return stats.updated
    })
    expect(outcomes.filter((updated) => updated === 1)).toHaveLength(SEATS)
    const after = await read(id)
    expect([after.seatsUsed, Object.keys(after.seats).length]).toEqual([SEATS, SEATS])
  })

  test('E: updateAndReturn numbers the six winners of 200 from 1 to 6', async () => {
    const id = await room()
    const db = tcb.init({ env: 'local' }).database()
    const outcomes = await all(200, () =>
      db
        .collection('rooms')
        .where({ _id: id, seatsUsed: db.command.lt(SEATS) })
        .updateAndReturn({ seatsUsed: db.command.inc(1) }),
    )
    const won = outcomes
      .filter(({ updated }) => updated === 1)
      .map(({ doc }) => (doc as unknown as { seatsUsed: number }).seatsUsed)
    expect(won.sort()).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('1,000 increments, 100 at a time, are 1,000', async () => {
    const id = await room()
    const increment = () =>
      wxDb()
        .collection('rooms')
        .doc(id)
        .update({ data: { n: wxDb().command.inc(1) } })
    await all(100, async () => {
      for (let i = 0; i < 10; i++) await increment()
    })
    expect((await read(id)).n).toBe(1000)
  })

  test('20 creates of one _id make one document', async () => {
    const made = await all(20, () =>
      wxDb()
        .collection('members')
        .add({ data: { _id: 'one' } })
        .then(
          () => 1,
          () => 0,
        ),
    )
    expect(made.filter((one) => one === 1)).toHaveLength(1)
  })

  test('transactions among plain increments lose none and leave no lock', async () => {
    const id = await room()
    const db = tcb.init({ env: 'local' }).database()
    await all(30, (i) =>
      i % 2
        ? db
            .collection('rooms')
            .doc(id)
            .update({ n: db.command.inc(1) })
        : db.runTransaction(async (tx: ReturnType<typeof wxDb>) => {
            const doc = tx.collection('rooms').doc(id)
            const { n: before } = (await doc.get()).data
            await doc.update({ n: before + 1 } as never)
          }, 100),
    )
    expect((await read(id)).n).toBe(30)
    expect(backend.store.transactions.holder('rooms', [id])).toBeUndefined()
  })

  test('chaos: 25 users enter, leave, sit, like and are swept; every count agrees at the end', async () => {
    const id = await room()
    const db = wxDb()
    const _ = db.command
    const rooms = db.collection('rooms')
    const members = db.collection('members')
    let likes = 0
    let seed = 20
    const random = (below: number) => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return (seed >>> 8) % below
    }
    const leave = async (user: string) => {
      const { stats } = await members.where({ _id: `${id}_${user}` }).remove()
      if (!stats.removed) return
      await rooms
        .where({ _id: id, [`seats.${user}`]: _.exists(true) })
        .update({ data: { seatsUsed: _.inc(-1), [`seats.${user}`]: _.remove() } })
      await rooms.doc(id).update({ data: { viewers: _.inc(-1) } })
    }
    const operations: ((user: string) => Promise<unknown>)[] = [
      async (user) => {
        const added = await members.add({ data: { _id: `${id}_${user}`, room: id } }).then(
          () => true,
          () => false,
        )
        if (added) await rooms.doc(id).update({ data: { viewers: _.inc(1) } })
      },
      leave,
      (user) =>
        rooms
          .where({ _id: id, seatsUsed: _.lt(SEATS), [`seats.${user}`]: _.exists(false) })
          .update({ data: { seatsUsed: _.inc(1), [`seats.${user}`]: 1 } }),
      async () => {
        likes++
        await rooms.doc(id).update({ data: { likes: _.inc(1) } })
      },
    ]
    await all(25, async (i) => {
      for (let step = 0; step < 12; step++) {
        await operations[random(operations.length)]?.(`u${i}`)
        const now = await read(id)
        if (now.seatsUsed > SEATS) throw new Error(`${now.seatsUsed} seats`)
      }
    })
    const after = await read(id)
    const { total } = await members.where({ room: id }).count()
    expect(after.viewers ?? 0).toBe(total)
    expect(after.likes).toBe(likes)
    expect(after.seatsUsed).toBe(Object.keys(after.seats).length)
  })
})
