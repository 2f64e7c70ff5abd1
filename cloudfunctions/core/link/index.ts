import type { Context } from '../context'
import type { Reactions, SweepPart } from '../reactions'
import { createAccept } from './accept'
import { createCalls } from './calls'
import { createLowLatency } from './low-latency'
import { createOrderOnStage } from './order-on-stage'
import { createOwnSeat } from './own-seat'
import { createStage } from './stage'
import { createStageSweep } from './sweep'
import { createTickets } from './tickets'

/** Link: its actions, what it does when a room changes, and its share of a sweep. */
export function createLink(context: Context) {
  const stage = createStage(context)
  const reactions: Partial<Reactions> = { closed: stage.clear }
  const sweep: SweepPart[] = [createStageSweep(context, stage)]
  return {
    actions: {
      ...createTickets(context, stage),
      ...createAccept(context, stage),
      ...createOwnSeat(context, stage),
      ...createOrderOnStage(context, stage),
    },
    reactions,
    sweep,
    calls: createCalls(context),
    lowLatency: createLowLatency(context),
    /** Somebody has left the room: his seat, request and low-latency place go. */
    gone: stage.gone,
  }
}
