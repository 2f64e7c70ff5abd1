import type { Context } from '../context'
import type { Reactions, SweepPart } from '../reactions'
import { unbuilt } from '../unbuilt'

/** Order: its actions, what it does when a room changes, and its share of a sweep. */
export function createOrder(_context: Context) {
  const reactions: Partial<Reactions> = {}
  const sweep: SweepPart[] = []
  return {
    actions: unbuilt(
      'order.mute',
      'order.muteAll',
      'order.ban',
      'order.remove',
      'order.admin',
      'order.list',
      'members',
      'history',
    ),
    reactions,
    sweep,
  }
}
