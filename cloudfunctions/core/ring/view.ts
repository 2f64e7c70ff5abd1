import type { MissedCall, RingTarget, RingView } from '../../../miniprogram/protocol/ring'
import { queueOf, type RingDoc } from './documents'

const targetOf = (ring: RingDoc): RingTarget => {
  const queue = queueOf(ring)
  return queue === null ? { userId: ring.to } : { queue }
}

/** A ring as caller and callee may see it; `queue` for the caller of one that waits. */
export function ringView(ring: RingDoc, now: number, queue: RingView['queue'] = null): RingView {
  const { state, agentId } = ring
  const endsAt = state === 'ringing' ? ring.ringUntil : ring.endsAt
  return {
    ringId: ring._id,
    roomId: ring.roomId,
    from: { userId: ring.callerId, name: ring.callerName },
    to: targetOf(ring),
    note: ring.note,
    recording: ring.recording === true,
    state,
    busy: ring.busy,
    agent: agentId === '' ? null : { userId: agentId, name: ring.agentName },
    askedAt: ring.at,
    endsInMs: ring.endedAt === 0 ? Math.max(0, endsAt - now) : null,
    queue: state === 'waiting' ? queue : null,
  }
}

export function missedCall(ring: RingDoc): MissedCall {
  const { state } = ring
  return {
    ringId: ring._id,
    from: { userId: ring.callerId, name: ring.callerName },
    to: targetOf(ring),
    note: ring.note,
    at: ring.endedAt,
    why: ring.busy ? 'busy' : state === 'cancelled' ? 'cancelled' : 'missed',
  }
}
