import { say } from '../../doctor/finding'
import { doc } from '../bench'
import { type Bench, judge, type Probe, tally, together } from '../probe'

const SEATS = 6

/** Many want a few seats: one guarded update each, and never one too many. */
export const lastSeats = (bench: Bench): Probe => ({
  name: 'last-seats',
  title: say('抢最后的座位：带条件的更新', 'race for the last seats: a guarded update'),
  async run() {
    const { collection, callers, db } = bench
    const { _id } = doc(bench, 'seats')
    const _ = db.command
    await collection.add(doc(bench, 'seats', { used: 0, taken: {} }))
    const { done, codes } = await together(callers, (i) => {
      const free = { _id, used: _.lt(SEATS), [`taken.p${i}`]: _.exists(false) }
      return collection.where(free).update({ used: _.inc(1), [`taken.p${i}`]: true })
    })
    const winners = done.filter(({ updated }) => updated === 1).length
    const used = (await collection.where({ _id }).get()).data[0]?.used
    const figures = `${callers} -> ${winners}/${SEATS}, used=${used}${codes.length > 0 ? `, ${tally(codes)}` : ''}`
    return judge(winners === SEATS && used === SEATS && codes.length === 0, say(figures, figures))
  },
})

/** Concurrent increments all count. */
export const increments = (bench: Bench): Probe => ({
  name: 'increments',
  title: say('并发加一', 'concurrent increments'),
  async run() {
    const { collection, callers, db } = bench
    const { _id } = doc(bench, 'likes')
    await collection.add(doc(bench, 'likes', { n: 0 }))
    const { codes } = await together(callers, () => collection.where({ _id }).update({ n: db.command.inc(1) }))
    const n = (await collection.where({ _id }).get()).data[0]?.n
    const figures = `${callers} -> ${n}${codes.length > 0 ? `, ${tally(codes)}` : ''}`
    return judge(n === callers && codes.length === 0, say(figures, figures))
  },
})

/** Many insert one `_id`: one of them does, and the others are told by an error. */
export const duplicates = (bench: Bench): Probe => ({
  name: 'duplicate-id',
  title: say('同时插入同一个 _id', 'one _id inserted at once by many'),
  async run() {
    const { collection, callers } = bench
    const { done, codes } = await together(callers, (i) => collection.add(doc(bench, 'twin', { i })))
    const { total } = await collection.where({ _id: doc(bench, 'twin')._id }).count()
    const figures = `${done.length}/${callers}, documents=${total}, ${tally(codes)}`
    return judge(done.length === 1 && total === 1 && codes.length === callers - 1, say(figures, figures))
  },
})

/** Two transactions write what both have read: one of them must fail, or an update is lost. */
export const conflicts = (bench: Bench): Probe => ({
  name: 'transaction-conflict',
  title: say('两个事务写同一个文档', 'two transactions on one document'),
  async run() {
    const { collection, db } = bench
    const { _id } = doc(bench, 'balance')
    await collection.add(doc(bench, 'balance', { n: 0 }))
    const open = await Promise.all([db.startTransaction(), db.startTransaction()])
    const add = async (tx: (typeof open)[number], n: number) => {
      try {
        await tx
          .collection(collection.name)
          .doc(_id)
          .update({ n: n + 1 })
        await tx.commit()
      } catch (error) {
        // The conflict may have ended it already.
        await tx.rollback().catch(() => undefined)
        throw error
      }
    }
    // Both have read before either writes.
    const read = await Promise.all(
      open.map(async (tx) => (await tx.collection(collection.name).doc(_id).get()).data.n as number),
    )
    const { done, codes } = await together(open.length, (i) => add(open[i] as (typeof open)[number], read[i] as number))
    const n = (await collection.where({ _id }).get()).data[0]?.n
    const figures = `commits=${done.length}, n=${n}${codes.length > 0 ? `, ${tally(codes)}` : ''}`
    return judge(n === done.length && done.length >= 1, say(figures, figures))
  },
})
