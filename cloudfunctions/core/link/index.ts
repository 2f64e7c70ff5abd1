import type { Context } from '../context'
import type { Reactions, SweepPart } from '../reactions'
import { unbuilt } from '../unbuilt'

/** Link: its actions, what it does when a room changes, and its share of a sweep. */
export function createLink(_context: Context) {
  const reactions: Partial<Reactions> = {}
  const sweep: SweepPart[] = []
  return {
    actions: unbuilt(
      'link.request',
      'link.cancel',
      'link.list',
      'link.invite',
      'link.accept',
      'link.reject',
      'seat.take',
      'seat.push',
      'seat.beat',
      'seat.device',
      'seat.leave',
      'seat.kick',
      'seat.quiet',
      'seat.lock',
    ),
    reactions,
    sweep,
  }
}
