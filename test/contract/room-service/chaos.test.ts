import type { RoomDoc } from '../../../cloudfunctions/core/documents'
import fc from '../../support/property'
import { type Faults, faultsAlways, faultsOf, JUST_CLOSED, type Promises } from './chaos-invariants'
import { apply, type Likes, openShows, type Step, step } from './chaos-steps'
import { type ChaosWorld, openChaos } from './chaos-world'

/**
 * The same steps in every run of the tests, so that what fails is a change and not the day's luck. To look for more:
 * `CHAOS_RUNS=2000 CHAOS_SEED=$RANDOM npx jest chaos`.
 */
const RUNS = Number(process.env.CHAOS_RUNS ?? 15)
const SEED = Number(process.env.CHAOS_SEED ?? 20_261_121)
/** Of a failure, as it is printed: runs that one only. */
const PATH = process.env.CHAOS_PATH ? { path: process.env.CHAOS_PATH } : {}
/** A slow machine tries less, not longer. */
const TIME_MS = process.env.CHAOS_RUNS ? 24 * 3600_000 : 30_000

/** Longer than every lease, hold, grace and back-off of the rules. */
const LONG_MS = 16 * 60_000
const SWEEP_MS = 60_000

const PATIENCE = 6
/** How many sweeps each invariant may take once everything works again; those that are not named here take one. */
const WITHIN: Promises = {
  [JUST_CLOSED]: PATIENCE,
  // Somebody may be between his two writes, to the members and to the count: only what is found twice is set right.
  'viewers are the members who are there': 2,
  'all viewers are at least those at the peak': 2,
  // A task that was reported lost is found, and given up, by one sweep; the next one asks for another.
  'a wished recording runs, and no other': 2,
}

/** Sweeps until nothing is wrong and `done`, and not longer than each invariant may take. */
async function sweepUntilSound(chaos: ChaosWorld, likes: Likes, everyMs: number, done = () => true): Promise<void> {
  let faults: Faults = new Map()
  for (let sweeps = 1; sweeps <= PATIENCE; sweeps++) {
    await chaos.call(({ sweep }) => sweep())
    expect(faultsAlways(chaos)).toEqual([])
    faults = faultsOf(chaos, likes)
    const late = [...faults].filter(([name]) => (WITHIN[name] ?? 1) <= sweeps)
    if (late.length > 0) throw new Error(`after ${sweeps} sweeps: ${JSON.stringify(late)}`)
    if (faults.size === 0 && done()) return
    chaos.world.clock.now += everyMs
  }
  throw new Error(`not after ${PATIENCE} sweeps: ${JSON.stringify([...faults])}`)
}

async function expectSoundInTheEnd(rounds: Step[][], withPk: boolean): Promise<void> {
  const chaos = await openChaos()
  const { world } = chaos
  const likes: Likes = new Map()
  try {
    await openShows(chaos, withPk)
    world.clock.now += 2000
    for (const steps of rounds) {
      await Promise.all(steps.map((one) => apply(chaos, likes, one)))
      expect(faultsAlways(chaos)).toEqual([])
      world.clock.now += 1000
    }
    // Everything works again, and whoever pushes goes on: what is open is in order.
    chaos.fault = null
    chaos.weather = { down: [], lossy: [] }
    for (const tell of chaos.untold) await tell()
    world.clock.now += LONG_MS
    await sweepUntilSound(chaos, likes, SWEEP_MS)
    // Everybody is gone: nothing is open but events that wait for their show.
    world.online.clear()
    world.clock.now += LONG_MS
    const over = ({ kind, state }: RoomDoc) => state === 'closed' || (kind === 'event' && state === 'idle')
    await sweepUntilSound(chaos, likes, LONG_MS, () => chaos.rooms().every(over))
  } finally {
    await world.close()
  }
}

it(
  `property: whatever breaks, sweeps make it whole again (seed ${SEED})`,
  async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { maxLength: 60, size: 'max' }),
        fc.boolean(),
        expectSoundInTheEnd,
      ),
      { ...PATH, numRuns: RUNS, seed: SEED, endOnFailure: !process.env.CHAOS_SHRINK, interruptAfterTimeLimit: TIME_MS },
    )
  },
  TIME_MS + 90_000,
)
