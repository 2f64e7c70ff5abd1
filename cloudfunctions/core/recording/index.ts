import type { Context } from '../context'
import type { Reactions, SweepPart } from '../reactions'
import { unbuilt } from '../unbuilt'

/** Recording: its actions, what it does when a room changes, and its share of a sweep. */
export function createRecording(_context: Context) {
  const reactions: Partial<Reactions> = {}
  const sweep: SweepPart[] = []
  return {
    actions: unbuilt('record', 'recordings', 'recording.delete'),
    reactions,
    sweep,
  }
}
