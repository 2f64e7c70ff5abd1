import type { Input, Output } from '../../../miniprogram/protocol/actions'
import { inBatches } from '../batches'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import type { Caller } from '../ports'
import type { Reactions, SweepPart } from '../reactions'
import { Refusal } from '../refusal'
import { seatOf } from '../seats'
import { createAnswers } from './answers'
import { createRingCalls } from './calls'
import { createMissed } from './missed'
import { createMoves } from './moves'
import { createQueues } from './queues'

/** Open rings are looked at in every sweep: whoever asks for the truth looks sooner. */
const LOOK_MS = 1000
const BATCHES = 10
const SWEEP_MS = 10_000
const KEEP_MS = 7 * 24 * 3600_000
/** More than anybody rings up from one call. */
const IN_ROOM = 50

/** Opens a room, without ringing anybody up; one that is to ring stands in no list. */
type Open = (caller: Caller, input: Input<'create'>) => Promise<Omit<Output<'create'>, 'ring'>>

/** Ringing: its actions, what it does when a call changes, and its share of a sweep. */
export function createRing(
  context: Context,
  { open, enter }: { open: Open; enter: (caller: Caller, input: Input<'enter'>) => Promise<Output<'enter'>> },
) {
  const { deps } = context
  const { store, now } = deps
  const moves = createMoves(context)
  const queues = createQueues(context, moves)
  const calls = createRingCalls(context, moves, queues)

  /** Whoever left does not ring any more; whoever came by himself need not answer. */
  const follow = async (room: RoomDoc): Promise<void> => {
    if (!room.rung) return
    const over = room.state === 'closed'
    const rings = await store.openRingsIn(room._id, IN_ROOM)
    await Promise.all(
      rings.map(async (ring) => {
        if (over || !seatOf(room, ring.callerId)) await moves.cancel(ring)
        else if (seatOf(room, ring.to)) await moves.end(ring, { state: 'accepted' })
      }),
    )
  }
  const reactions: Partial<Reactions> = { stage: follow, closed: follow }

  const sweep: SweepPart[] = [
    {
      name: 'rings',
      async run() {
        const look = async (seen: { _id: string; endedAt: number }): Promise<boolean> => {
          const ring = await store.ring(seen._id)
          if (!ring || (await moves.look(ring)).endedAt !== 0) return true
          await store.lookAtRing(ring._id, now() + LOOK_MS)
          return false
        }
        const due = (after: number, limit: number) => store.ringsDue(now(), after, limit)
        const bounds = { batches: BATCHES, until: now() + SWEEP_MS }
        const done = await inBatches(deps, bounds, due, ({ sweepAt }) => sweepAt, look)
        await store.removeOldRings(now() - KEEP_MS)
        return done
      },
    },
  ]

  return {
    actions: {
      /** With `ring`, opening a call and ringing somebody up are one call of the cloud; each half may be repeated. */
      async create(caller: Caller, input: Input<'create'>): Promise<Output<'create'>> {
        const { ring: wish } = input
        if (!wish) return { ...(await open(caller, input)), ring: null }
        if (input.kind !== 'call') {
          const issues = [{ field: 'ring', problem: 'is for a call' }]
          throw new Refusal('bad-input', 'only a call rings somebody up', { issues })
        }
        await calls.check(caller, wish)
        const opened = await open(caller, input)
        const room = await store.room(opened.room.roomId)
        if (!room) throw new Error(`${opened.room.roomId} has just been opened`)
        return { ...opened, ring: await calls.begin(caller, room, { ...wish, requestId: input.requestId }) }
      },
      ...calls.actions,
      ...createAnswers(context, moves, queues, enter),
      ...queues.actions,
      ...createMissed(context, queues),
    },
    reactions,
    sweep,
    /** An operator has taken an agent out of this queue. */
    signOff: queues.signOff,
  }
}
