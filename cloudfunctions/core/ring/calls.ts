import type { Input, Output } from '../../../miniprogram/protocol/actions'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { RingTarget, RingView } from '../../../miniprogram/protocol/ring'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { limited, openRoom } from '../guards'
import { ringIdFor } from '../ids'
import { refuseBanned } from '../order/banned'
import type { Caller } from '../ports'
import { Refusal } from '../refusal'
import { freeSeat, seatOf } from '../seats'
import { checkText } from '../text'
import { queueOf, type RingDoc, toQueue } from './documents'
import type { RingMoves } from './moves'
import type { Queues } from './queues'
import { ringView } from './view'

const INVITE_EVERY_MS = 1000

/** What a caller asks for. */
interface Wish {
  to: RingTarget
  note?: string
  requestId: string
}

/** The caller's side: ringing somebody up, giving up, and the truth for both sides. */
export function createRingCalls({ deps }: Context, { cancel, look }: RingMoves, queues: Queues) {
  const { store, config, now } = deps

  /** With the place in the queue, for its caller. */
  const shown = async (ring: RingDoc): Promise<RingView> => {
    const queue = ring.state === 'waiting' ? queueOf(ring) : null
    if (queue === null) return ringView(ring, now())
    const [before, agents] = await Promise.all([
      store.waitingBefore(ring.to, ring.place),
      store.countAgents(queue, now()),
    ])
    return ringView(ring, now(), { position: before + 1, agents })
  }

  /** Refuses whom nobody can ring up. */
  const check = async (caller: Caller, { to, note }: Pick<Wish, 'to' | 'note'>, roomId?: string): Promise<void> => {
    if ('userId' in to && to.userId === caller.userId) throw new Refusal('forbidden', 'nobody rings himself up')
    const known = async (): Promise<void> => {
      if ('queue' in to) return queues.refuseUnknown(to.queue)
      const sanction = roomId === undefined ? null : store.sanction(roomId, to.userId)
      refuseBanned(...(await Promise.all([sanction, store.user(to.userId)])))
    }
    await Promise.all([known(), checkText(deps, caller, { note })])
  }

  /** Begins to ring, or goes on: the same request is the same ring. */
  const begin = async (caller: Caller, room: RoomDoc, { to, note = '', requestId }: Wish): Promise<RingView> => {
    const _id = ringIdFor(config.userIdSecret, room._id, caller.userId, requestId)
    const found = await store.ring(_id)
    if (found) return shown(await look(found, true))
    if ((await store.openRingsOf(caller.userId, LIMITS.ringsMax)).length >= LIMITS.ringsMax) {
      throw new Refusal('full', 'so many are rung up already', { what: 'rings' })
    }
    const at = now()
    const ring: RingDoc = {
      _id,
      roomId: room._id,
      callerId: caller.userId,
      callerName: seatOf(room, caller.userId)?.doc.name ?? '',
      to: 'queue' in to ? toQueue(to.queue) : to.userId,
      note,
      recording: room.record,
      state: 'waiting',
      busy: false,
      agentId: '',
      agentName: '',
      tried: {},
      at,
      place: `${String(at).padStart(15, '0')}-${_id}`,
      ringUntil: 0,
      endsAt: at + ('queue' in to ? config.queueWaitMs : config.ringMs),
      endedAt: 0,
      sweepAt: at,
    }
    if (!room.rung) await store.markRung(room._id)
    await store.insertRing(ring)
    return shown(await look(ring, true))
  }

  return {
    /** For a call that is about to be opened: refuses what `begin` would refuse. */
    check,
    begin,

    actions: {
      async 'call.invite'(caller: Caller, { roomId, ...wish }: Input<'call.invite'>) {
        const room = await openRoom(deps, roomId)
        if (room.kind !== 'call') throw new Refusal('forbidden', 'only into a call')
        if (!seatOf(room, caller.userId)) throw new Refusal('not-on-stage', 'only from a seat in the call')
        await Promise.all([
          limited(deps, `ring:${caller.userId}`, INVITE_EVERY_MS, wish.requestId),
          check(caller, wish, roomId),
        ])
        if ('userId' in wish.to && seatOf(room, wish.to.userId)) throw new Refusal('stale', 'he is in the call already')
        if (!freeSeat(room)) throw new Refusal('full', 'every seat of this call is taken', { what: 'seats' })
        return { ring: await begin(caller, room, wish) }
      },

      async 'call.cancel'({ userId }: Caller, { ringId }: Input<'call.cancel'>) {
        const ring = await store.ring(ringId)
        if (ring?.callerId !== userId) return { cancelled: false }
        return { cancelled: (await cancel(ring, 'caller')) !== null }
      },

      async 'call.status'({ userId }: Caller, { ringIds = [] }: Input<'call.status'>): Promise<Output<'call.status'>> {
        const [rung, open, named] = await Promise.all([
          store.rungFor(userId),
          store.openRingsOf(userId, LIMITS.ringsMax),
          ringIds.length > 0 ? store.ringsOf(userId, ringIds) : [],
        ])
        const mine = [...new Map([...open, ...named].map((ring) => [ring._id, ring])).values()]
        const [incoming, ...outgoing] = await Promise.all([
          rung && look(rung),
          ...mine.map(async (ring) => shown(await look(ring, true))),
        ])
        const forMe = incoming?.state === 'ringing' && incoming.agentId === userId
        return { incoming: forMe ? ringView(incoming, now()) : null, outgoing }
      },
    },
  }
}
