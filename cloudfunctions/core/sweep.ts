import { inBatches } from './batches'
import type { Context } from './context'
import { createCountsSweep } from './counts-sweep'
import { createLiveness } from './liveness'
import type { Online, SweepPart } from './reactions'

const KEEP_RECORDS_MS = 2 * 24 * 3600_000
/** One kind of work takes up 2,000 documents at most, and begins no new batch after this time: a sweep costs what it may. */
const BATCHES = 10
const SWEEP_MS = 12_000

/** How much a sweep changed. */
export interface SweepReport {
  closed: number
  interrupted: number
  revived: number
  expiredViewers: number
  settled: number
  tidied: number
  /** By the name of each part of the rules. */
  parts: Record<string, number>
}

/**
 * Ends what nobody ended, sets right what a crash left behind. Every change carries its guard, so a beat or a callback that
 * comes in between wins, and two sweeps at once do no harm.
 */
export function createSweep(context: Context, parts: SweepPart[]) {
  const { deps, tidy } = context
  const { store, streaming, now, log } = deps
  const liveness = createLiveness(context)
  const counts = createCountsSweep(context)

  /** All streams that are on, asked for once and only if somebody needs it; null: nobody knows. */
  const onlineOnce = (): Online => {
    let asked: Promise<Set<string> | null> | undefined
    return () => {
      asked ??= streaming.online().catch((error: unknown) => {
        log('the streaming cloud did not say what is on', error)
        return null
      })
      return asked
    }
  }

  const sweepParts = async (online: Online): Promise<Record<string, number>> => {
    const done: Record<string, number> = {}
    for (const { name, run } of parts) {
      try {
        done[name] = await run(online)
      } catch (error) {
        log(`the sweep of ${name} failed`, error)
      }
    }
    return done
  }

  return async (): Promise<SweepReport> => {
    const online = onlineOnce()
    const bounds = { batches: BATCHES, until: now() + SWEEP_MS }
    const alive = await liveness(online, bounds)
    const counted = await counts(bounds)
    const done = await sweepParts(online)
    const untidy = (after: number, limit: number) => store.untidy(now(), after, limit)
    const tidied = await inBatches(deps, bounds, untidy, ({ tidyAt }) => tidyAt, tidy)
    await store.removeOldRecords(now() - KEEP_RECORDS_MS)
    return { ...alive, ...counted, tidied, parts: done }
  }
}
