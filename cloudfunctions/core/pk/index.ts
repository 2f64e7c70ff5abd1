import type { Context } from '../context'
import type { Reactions, SweepPart } from '../reactions'
import { unbuilt } from '../unbuilt'

/** Pk: its actions, what it does when a room changes, and its share of a sweep. */
export function createPk(_context: Context) {
  const reactions: Partial<Reactions> = {}
  const sweep: SweepPart[] = []
  return {
    actions: unbuilt('pk.invite', 'pk.accept', 'pk.refuse', 'pk.end'),
    reactions,
    sweep,
  }
}
