import { BATCH, inBatches } from '../../../cloudfunctions/core/batches'

interface Item {
  _id: string
  at: number
}

/** A query over `n` documents in the order of `at`, and what was worked on. */
function world(n: number) {
  const items: Item[] = Array.from({ length: n }, (_, i) => ({ _id: `doc-${i}`, at: i }))
  const clock = { now: 0 }
  const log: string[] = []
  const fetched: number[] = []
  const worked: string[] = []
  const run = (batches: number, until: number, work = async (_item: Item): Promise<boolean> => true) =>
    inBatches(
      { now: () => clock.now, log: (line) => log.push(line) },
      { batches, until },
      async (after, limit) => {
        fetched.push(after)
        return items.filter(({ at }) => at > after).slice(0, limit)
      },
      ({ at }) => at,
      async (item) => {
        worked.push(item._id)
        return work(item)
      },
    )
  return { clock, log, fetched, worked, run }
}

it('goes through everything once, each batch past the last one, the first of all included', async () => {
  const w = world(2 * BATCH + 7)
  expect(await w.run(10, 0)).toBe(2 * BATCH + 7)
  expect(w.fetched).toEqual([-1, BATCH - 1, 2 * BATCH - 1])
  expect(new Set(w.worked).size).toBe(2 * BATCH + 7)
})

it('asks for no more when a batch was not full', async () => {
  const w = world(3)
  await w.run(10, 0)
  expect(w.fetched).toHaveLength(1)
})

it('takes up no more batches than it may, and none when its time is over', async () => {
  const many = world(5 * BATCH)
  expect(await many.run(2, 0)).toBe(2 * BATCH)
  const slow = world(5 * BATCH)
  const work = async () => {
    slow.clock.now++
    return true
  }
  expect(await slow.run(10, BATCH / 2, work)).toBe(BATCH)
})

it('counts what work says yes to, and lets one failure stop nothing', async () => {
  const w = world(30)
  const work = async ({ at }: Item) => {
    if (at === 4) throw new Error('no')
    return at % 2 === 0
  }
  expect(await w.run(1, 0, work)).toBe(14)
  expect(w.worked).toHaveLength(30)
  expect(w.log).toEqual(['sweeping doc-4 failed'])
})
