import type { PersonalMessage } from '../../../miniprogram/protocol/messages'
import type { RingNews, RingState } from '../../../miniprogram/protocol/ring'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { seatOf } from '../seats'
import { type PhoneDoc, queueOf, type RingDoc, toQueue } from './documents'
import { missedKeyOf } from './missed-key'

/** Customers and agents who are looked at when they are brought together. */
const WAITING = 20
const AGENTS = 50
/** Each try that fails means that somebody else has just brought two of them together, or that one is not free after all. */
const TRIES = 10

/** Who did it. The caller need not be told; an agent may have another phone that rings as well. */
type By = 'caller' | 'agent' | 'nobody'

/**
 * The moves of a ring, each one guarded update with what follows from it. Everything in here is safe to repeat: those who
 * wait ask, and look after what a function that died has left undone.
 */
export function createMoves({ deps }: Context) {
  const { store, chat, config, now, log } = deps

  const tell = async (userId: string, { _id: ringId, roomId }: RingDoc, what: RingNews): Promise<void> => {
    const message: PersonalMessage = { type: 'ring', roomId, ringId, what }
    await chat.tell(userId, message).catch((error: unknown) => log(`${what} of ${ringId} was not told`, error))
  }

  /** The caller is in his call, or on his way there. */
  const isThere = (room: RoomDoc | null, { callerId }: RingDoc): room is RoomDoc => {
    const seat = room && room.state !== 'closed' ? seatOf(room, callerId) : null
    return seat !== null && (seat.doc.state === 'on' || seat.doc.until > now())
  }

  /** In a call, or on air. */
  const isEngaged = async (userId: string, exceptIn = ''): Promise<string | null> => {
    const [stages, user] = await Promise.all([store.onStageOf(userId, 2), store.user(userId)])
    const stage = stages.find(({ _id }) => _id !== exceptIn)
    if (stage) return stage._id
    const own = user?.openRoom ? await store.room(user.openRoom) : null
    return own?.kind === 'live' && own.state === 'live' ? own._id : null
  }

  /** It is over. Null: it was over already. */
  const end = async (
    ring: RingDoc,
    how: {
      state: Exclude<RingState, 'waiting' | 'ringing'>
      busy?: boolean
      missed?: boolean
      by?: By
      onlyFor?: string
    },
  ): Promise<RingDoc | null> => {
    const { state, busy = false, missed = false, by = 'nobody', onlyFor } = how
    const at = now()
    const missedKey = missed ? { missedKey: missedKeyOf(at, ring._id) } : {}
    const over = await store.endRing(ring._id, { state, busy, now: at, ...missedKey }, onlyFor)
    if (!over) return null
    const { agentId } = over
    if (agentId !== '') await store.releasePhone(agentId, ring._id, by === 'agent' ? at : undefined)
    await Promise.all([
      by === 'caller' || tell(over.callerId, over, state),
      agentId === '' || tell(agentId, over, 'over'),
    ])
    // Whoever is free now may have somebody else to talk to.
    const queue = queueOf(over)
    if (queue !== null && agentId !== '') await serve(queue)
    return over
  }

  const cancel = (ring: RingDoc, by: By = 'nobody') => end(ring, { state: 'cancelled', missed: true, by })
  const miss = (ring: RingDoc) => end(ring, { state: 'missed', missed: true })

  /** It rings for this person, whose phone is locked for it. */
  const ringAt = async (ring: RingDoc, agent: Pick<PhoneDoc, '_id' | 'name'>, until: number) => {
    const ringing = await store.ringAt(ring._id, agent, until)
    if (!ringing) {
      // Another function may have been faster with the same two: then it rings there.
      const found = await store.ring(ring._id)
      if (found?.state !== 'ringing' || found.agentId !== agent._id) await store.releasePhone(agent._id, ring._id)
      return null
    }
    await Promise.all([tell(agent._id, ringing, 'ringing'), tell(ring.callerId, ringing, 'ringing')])
    return ringing
  }

  /** Rings up one person; who talks already, or whose phone rings already, is busy. */
  const ringUp = async (ring: RingDoc): Promise<RingDoc | null> => {
    const busy = () => end(ring, { state: 'refused', busy: true, missed: true })
    if ((await isEngaged(ring.to, ring.roomId)) !== null) return busy()
    const until = ring.endsAt
    if (!(await store.claimPhone({ ringId: ring._id, until }, ring.to, now()))) return busy()
    return ringAt(ring, { _id: ring.to, name: (await store.user(ring.to))?.name ?? '' }, until)
  }

  /** True when something has changed. */
  const offer = async (ring: RingDoc, agent: PhoneDoc, queue: string): Promise<boolean> => {
    if (!isThere(await store.room(ring.roomId), ring)) return (await cancel(ring)) !== null
    const roomId = await isEngaged(agent._id)
    if (roomId !== null) {
      await store.occupyPhone(agent._id, roomId, now())
      return true
    }
    const until = now() + config.ringMs
    const claimed = await store.claimPhone({ ringId: ring._id, until }, agent._id, now(), queue)
    if (claimed) await ringAt(ring, agent, until)
    return true
  }

  /** Who said no is asked again only when there is nobody else, and not at once. */
  const match = (waiting: RingDoc[], agents: PhoneDoc[]): [RingDoc, PhoneDoc] | null => {
    for (const ring of waiting) {
      const able = agents.filter(({ _id }) => _id !== ring.callerId)
      const agent =
        able.find(({ _id }) => !(_id in ring.tried)) ?? able.find(({ _id }) => (ring.tried[_id] ?? 0) <= now())
      if (agent) return [ring, agent]
    }
    return null
  }

  /** Brings those who wait to agents who are free: the longest waiting to the longest free. */
  const serve = async (queue: string): Promise<void> => {
    for (let i = 0; i < TRIES; i++) {
      const [waiting, agents] = await Promise.all([
        store.waitingFor(toQueue(queue), WAITING),
        store.freeAgents(queue, now(), AGENTS),
      ])
      const [ring, agent] = match(waiting, agents) ?? []
      if (!ring || !agent || !(await offer(ring, agent, queue))) return
    }
  }

  /** This agent does not answer: the next one is asked. `overAt`: only if his time is over then. Null: it does not ring for him any more. */
  const passOn = async (ring: RingDoc, overAt?: number): Promise<RingDoc | null> => {
    const { agentId } = ring
    const passed = await store.passOn(ring._id, agentId, now() + config.ringMs, overAt)
    if (!passed) return null
    await store.releasePhone(agentId, ring._id, now())
    await Promise.all([tell(passed.callerId, passed, 'waiting'), tell(agentId, passed, 'over')])
    await serve(queueOf(ring) ?? '')
    return passed
  }

  /** A ring that rings for somebody: his time, or his lease, may be over. */
  const lookAtRinging = async (ring: RingDoc, queue: string | null): Promise<void> => {
    if (ring.ringUntil <= now()) {
      if (queue === null) await miss(ring)
      else await passOn(ring, now())
    } else if (queue !== null) {
      const phone = await store.phone(ring.agentId)
      if (!phone || phone.leaseUntil <= now() || !phone.queues.includes(queue)) await passOn(ring)
    }
  }

  /** The ring as it is now, after whatever is due has happened to it. `byCaller`: he is there, and keeps his seat. */
  const look = async (seen: RingDoc, byCaller = false): Promise<RingDoc> => {
    if (seen.endedAt !== 0) return seen
    const room = await store.room(seen.roomId)
    const seat = room && room.state !== 'closed' && byCaller ? seatOf(room, seen.callerId) : null
    const queue = queueOf(seen)
    if (seat) await store.holdSeat(seen.roomId, seat, now() + config.seatHoldMs)
    if (!seat && !isThere(room, seen)) await cancel(seen)
    else if (seen.state === 'ringing') await lookAtRinging(seen, queue)
    else if (seen.endsAt <= now()) await miss(seen)
    else if (queue === null) await ringUp(seen)
    else await serve(queue)
    return (await store.ring(seen._id)) ?? seen
  }

  return { tell, isThere, end, cancel, passOn, serve, look }
}

export type RingMoves = ReturnType<typeof createMoves>
