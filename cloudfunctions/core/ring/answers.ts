import type { Input, Output } from '../../../miniprogram/protocol/actions'
import type { Context } from '../context'
import { refuseUnasked } from '../guards'
import type { Caller } from '../ports'
import { Refusal } from '../refusal'
import { queueOf, type RingDoc } from './documents'
import type { RingMoves } from './moves'
import type { Queues } from './queues'

/** A try that fails means that the ring has just changed; the next look says how. */
const TRIES = 5

const stale = () => new Refusal('stale', 'somebody else was faster, or the caller has gone')

/** The callee's side: yes, or no. */
export function createAnswers(
  { deps }: Context,
  { tell, isThere, end, cancel, passOn }: RingMoves,
  queues: Queues,
  enter: (caller: Caller, input: Input<'enter'>) => Promise<Output<'enter'>>,
) {
  const { store, now } = deps

  /** For him, or for every agent of its queue while it waits. */
  const mayAccept = async (ring: RingDoc, { userId }: Caller): Promise<boolean> => {
    const queue = queueOf(ring)
    if (ring.state === 'ringing') return ring.agentId === userId
    return ring.state === 'waiting' && queue !== null && (await queues.isAgent(queue, userId))
  }

  /** The ring is his. */
  const win = async (caller: Caller, { ringId, consent }: Input<'call.accept'>): Promise<RingDoc> => {
    const { userId } = caller
    for (let i = 0; i < TRIES; i++) {
      const ring = await store.ring(ringId)
      if (!ring) throw stale()
      // His first answer, whose answer was lost.
      if (ring.state === 'accepted' && ring.agentId === userId) return ring
      if (ring.endedAt !== 0 || !(await mayAccept(ring, caller))) throw stale()
      const room = await store.room(ring.roomId)
      if (!isThere(room, ring)) {
        await cancel(ring)
        throw stale()
      }
      if (room) refuseUnasked(room, userId, consent, now())
      const name = (await store.user(userId))?.name ?? ''
      const won = await store.acceptRing(ring, { userId, name }, now())
      if (!won) continue
      await store.releasePhone(userId, ringId)
      if (queueOf(won) !== null) await occupy(userId, won)
      // He may have another phone, which rings as well.
      await Promise.all([tell(won.callerId, won, 'accepted'), tell(userId, won, 'over')])
      return won
    }
    throw stale()
  }

  /** What rings for him besides goes on to the next agent. */
  const occupy = async (userId: string, { _id, roomId }: RingDoc): Promise<void> => {
    await store.occupyPhone(userId, roomId, now())
    const other = await store.rungFor(userId)
    if (other && other._id !== _id && queueOf(other) !== null) await passOn(other)
  }

  return {
    async 'call.accept'(caller: Caller, input: Input<'call.accept'>) {
      const { ringId, consent } = input
      const { roomId } = await win(caller, input)
      try {
        return await enter(caller, { roomId, ...(consent === undefined ? {} : { consent }) })
      } catch (error) {
        // He cannot come in: to the caller that is a no. Who comes too often may try again.
        const final = error instanceof Refusal && error.code !== 'rate-limited'
        const back = final ? await store.takeBackRing(ringId, caller.userId) : null
        if (back) await tell(back.callerId, back, 'refused')
        throw error
      }
    },

    async 'call.refuse'({ userId }: Caller, { ringId, busy = false }: Input<'call.refuse'>) {
      const ring = await store.ring(ringId)
      if (ring?.state !== 'ringing' || ring.agentId !== userId) return { refused: false }
      const no =
        queueOf(ring) === null ? end(ring, { state: 'refused', busy, by: 'agent', onlyFor: userId }) : passOn(ring)
      return { refused: (await no) !== null }
    },
  }
}
