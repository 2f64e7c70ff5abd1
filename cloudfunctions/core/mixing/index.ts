import type { Context } from '../context'
import type { Reactions, SweepPart } from '../reactions'

/** Mixing: one picture of the stage for those who watch. */
export function createMixing(_context: Context) {
  const reactions: Partial<Reactions> = {}
  const sweep: SweepPart[] = []
  return { reactions, sweep }
}
