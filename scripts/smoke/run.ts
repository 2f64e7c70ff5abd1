import { say } from '../doctor/finding'
import { type BenchOptions, cleanUp, openBench } from './bench'
import { type Bench, codeOf, fail, type Probe } from './probe'
import { collections, limits, order, updateAndReturn } from './probes/queries'
import { conflicts, duplicates, increments, lastSeats } from './probes/races'
import { liveness, type ShowOptions, show } from './probes/show'
import type { Result } from './report'

export interface SmokeOptions {
  bench: BenchOptions
  /** Absent: the doors are not tried. */
  show?: ShowOptions
  /** Ends the run early; what was written is removed all the same. */
  signal?: AbortSignal
  /** Told after each experiment. */
  onResult?: (result: Result) => void
}

const EXPERIMENTS: readonly ((bench: Bench) => Probe)[] = [
  lastSeats,
  increments,
  duplicates,
  conflicts,
  limits,
  order,
  updateAndReturn,
  collections,
]
const SHOWS: readonly ((options: ShowOptions) => Probe)[] = [show, liveness]

/**
 * Every experiment, one after the other, and then everything away that was written.
 * @throws whatever the database says when it cannot be opened at all
 */
export async function smoke({ bench: options, show: doors, signal, onResult }: SmokeOptions): Promise<Result[]> {
  const bench = await openBench(options)
  const results: Result[] = []
  const add = (result: Result): void => {
    results.push(result)
    onResult?.(result)
  }
  const probes = [
    ...EXPERIMENTS.map((make) => make(bench)),
    ...(doors ? SHOWS.map((make) => make({ ...doors, signal })) : []),
  ]
  try {
    for (const probe of probes) {
      if (signal?.aborted) break
      add(await measured(probe))
    }
  } finally {
    add(await measured(cleaning(bench)))
  }
  if (!doors) add(skipped())
  return results
}

async function measured(probe: Probe): Promise<Result> {
  const since = performance.now()
  const outcome = await probe.run().catch((error: unknown) => {
    const code = codeOf(error)
    return fail(say(code, code))
  })
  return { name: probe.name, title: probe.title, ...outcome, ms: Math.round(performance.now() - since) }
}

const cleaning = (bench: Bench): Probe => ({
  name: 'clean-up',
  title: say('清理', 'clean-up'),
  async run() {
    const gone = await cleanUp(bench)
    return gone
      ? { verdict: 'pass', seen: say('实验文档都已删除', 'every document of the experiments is gone') }
      : fail(
          say(
            `还有 run=${bench.run} 的文档，请手工删除`,
            `documents with run=${bench.run} are left: remove them by hand`,
          ),
        )
  },
})

const skipped = (): Result => ({
  name: 'show',
  title: say('经过 HTTP 门的一场直播', 'a show through the HTTP doors'),
  verdict: 'skip',
  seen: say(
    '要有 --doors、WEB_TOKEN_SECRET 和 LIVE_CALLBACK_KEY',
    'needs --doors, WEB_TOKEN_SECRET and LIVE_CALLBACK_KEY',
  ),
  ms: 0,
})
