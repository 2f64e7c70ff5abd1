import { randomBytes } from 'node:crypto'
import cloudbase from '@cloudbase/node-sdk'
import type { Bench } from './probe'

/** The only collection that the experiments write to. */
export const COLLECTION = 'probe_smoke'
/** Older documents are left over from a run that was killed. */
const LEFT_OVER_MS = 24 * 3_600_000
/** One removal may be cut short by a limit of the service. */
const ROUNDS_MAX = 50

export interface BenchOptions {
  env: string
  secretId: string
  secretKey: string
  /** Where a stand-in of the database listens; absent: CloudBase itself. */
  serviceUrl?: string
  callers: number
}

/** Opens the database and makes the collection where it is not there. */
export async function openBench({ callers, ...config }: BenchOptions): Promise<Bench> {
  // The SDK's own switches: no report on slow requests in between, and no look for Tencent's metadata host on a laptop.
  process.env.SILENCE = 'true'
  if (config.serviceUrl !== undefined) process.env.TENCENTCLOUD_RUNENV = 'SCF'
  const db = cloudbase.init(config).database()
  const collection = db.collection(COLLECTION)
  const bench = { db, collection, callers, run: `${Date.now().toString(36)}${randomBytes(4).toString('hex')}` }
  try {
    await collection.limit(1).get()
  } catch {
    // Missing, most likely: if it is something else, making the collection fails and says what.
    await db.createCollection(COLLECTION)
  }
  await removeAll(bench, { at: db.command.lt(Date.now() - LEFT_OVER_MS) })
  return bench
}

/** A document of this run. */
export const doc = ({ run }: Bench, name: string, fields: object = {}) => ({
  _id: `${run}_${name}`,
  run,
  at: Date.now(),
  ...fields,
})

/** Removes every document of this run; false when some are still there. */
export const cleanUp = (bench: Bench): Promise<boolean> => removeAll(bench, { run: bench.run })

async function removeAll({ collection }: Bench, query: object): Promise<boolean> {
  for (let round = 0; round < ROUNDS_MAX; round++) {
    const { total } = await collection.where(query).count()
    if (!total) return true
    await collection.where(query).remove()
  }
  return false
}
