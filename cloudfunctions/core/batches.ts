import type { Deps } from './ports'

/** How many documents are fetched at once. */
export const BATCH = 200
/** How many of them are worked on at once. */
const AT_ONCE = 10

/** What bounds one sweep, whatever there is to do: what is left comes first in the next one. */
export interface Bounds {
  /** Batches of one kind of work. */
  batches: number
  /** No new batch after this moment (ms). */
  until: number
}

/**
 * Works through a query in the order of one of its fields, batch by batch. `fetch` gives those past a place (0 or more), `placeOf`
 * says where one stands. One item's trouble never stops the others. Gives how many `work` said yes to.
 */
export async function inBatches<T extends { _id: string }>(
  { now, log }: Pick<Deps, 'now' | 'log'>,
  bounds: Bounds,
  fetch: (after: number, limit: number) => Promise<T[]>,
  placeOf: (item: T) => number,
  work: (item: T) => Promise<boolean>,
): Promise<number> {
  let done = 0
  const guarded = async (item: T): Promise<void> => {
    try {
      if (await work(item)) done++
    } catch (error) {
      log(`sweeping ${item._id} failed`, error)
    }
  }
  let after = -1
  for (let n = 0; n < bounds.batches && now() <= bounds.until; n++) {
    const batch = await fetch(after, BATCH)
    for (let i = 0; i < batch.length; i += AT_ONCE) await Promise.all(batch.slice(i, i + AT_ONCE).map(guarded))
    const last = batch.at(-1)
    if (!last || batch.length < BATCH) break
    after = placeOf(last)
  }
  return done
}
