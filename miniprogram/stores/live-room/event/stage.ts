import type { RoomView } from '../../../protocol/room'

/** Where an event stands; '' for a room that is none. `cancelled`: it was closed before it began. */
export type EventStage = '' | 'before' | 'during' | 'after' | 'cancelled'

export function eventStageOf(room: RoomView | null): EventStage {
  if (room?.kind !== 'event') return ''
  if (room.state === 'idle') return 'before'
  if (room.state !== 'closed') return 'during'
  return room.startedAt === null ? 'cancelled' : 'after'
}
