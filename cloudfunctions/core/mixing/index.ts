import type { Context } from '../context'
import type { Reactions, SweepPart } from '../reactions'
import { createMixer } from './mixer'

const BATCH = 200

/** Mixing: one picture of the stage for those who watch. People on stage see each other's own pictures, never this one. */
export function createMixing(context: Context) {
  const { store, now, log } = context.deps
  const { settle, renew, look } = createMixer(context)
  const reactions: Partial<Reactions> = {
    live: settle,
    interrupted: settle,
    stage: settle,
    replaced: renew,
    closed: settle,
  }
  const sweep: SweepPart[] = [
    {
      name: 'mixes',
      async run() {
        let changed = 0
        for (const room of await store.mixesDue(now(), BATCH)) {
          try {
            if (await look(room)) changed++
          } catch (error) {
            log(`sweeping the mix of ${room._id} failed`, error)
          }
        }
        return changed
      },
    },
  ]
  return { reactions, sweep }
}
