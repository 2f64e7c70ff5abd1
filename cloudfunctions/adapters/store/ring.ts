import type { RoomDoc } from '../../core/documents'
import type { PhoneDoc, QueueDoc, RingDoc } from '../../core/ring/documents'
import type { RingStore } from '../../core/ring/store'
import { OPEN } from './closing'
import type { Collections } from './collections'

const OPEN_RING = ['waiting', 'ringing']
const QUEUES_MAX = 100
const NO_RING = { ringId: '', ringUntil: 0 }

const newPhone = (_id: string, fields: Partial<PhoneDoc>): PhoneDoc => ({
  _id,
  name: '',
  queues: [],
  leaseUntil: 0,
  freeSince: 0,
  ...NO_RING,
  roomId: '',
  roomSince: 0,
  missedSeen: -1,
  ...fields,
})

/** Rings, phones and queues on CloudBase's document database, each a document of its own. */
export function createRingStore(collections: Collections): RingStore {
  const { _, rooms, rings, phones, queues, one, change, insert, changeOrInsert, find } = collections
  const changeRing = (guard: object, data: object): Promise<RingDoc | null> => change<RingDoc>(rings, guard, data)
  const changePhone = (guard: object, data: object): Promise<PhoneDoc | null> => change<PhoneDoc>(phones, guard, data)
  const signedOn = (queue: string, now: number) => ({ queues: queue, leaseUntil: _.gt(now) })
  const over = (now: number) => ({ endedAt: now, sweepAt: 0 })
  /** Changes the phone of somebody who may not have had one until now. */
  const onPhone = async (userId: string, data: Partial<PhoneDoc>): Promise<void> => {
    const update = () => changePhone({ _id: userId }, data)
    if (await update()) return
    if (!(await insert(phones, newPhone(userId, data)))) await update()
  }

  return {
    insertRing: (ring) => insert(rings, ring),
    ring: (ringId) => one<RingDoc>(rings, ringId),
    openRingsOf: (callerId, limit) => find<RingDoc>(rings, { callerId, endedAt: 0 }, limit),
    openRingsIn: (roomId, limit) => find<RingDoc>(rings, { roomId, endedAt: 0 }, limit),
    ringsOf: (callerId, ringIds) => find<RingDoc>(rings, { _id: _.in(ringIds), callerId }, ringIds.length),
    async rungFor(agentId) {
      return (await find<RingDoc>(rings, { agentId, endedAt: 0 }, 1))[0] ?? null
    },
    waitingFor: async (to, limit) =>
      (await rings.where({ to, state: 'waiting' }).orderBy('place', 'asc').limit(limit).get()).data as RingDoc[],
    waitingBefore: async (to, place) => (await rings.where({ to, state: 'waiting', place: _.lt(place) }).count()).total,

    ringAt: (ringId, { _id, name }, ringUntil) =>
      changeRing({ _id: ringId, state: 'waiting' }, { state: 'ringing', agentId: _id, agentName: name, ringUntil }),
    passOn: (ringId, agentId, retryAt, overAt) =>
      changeRing(
        { _id: ringId, state: 'ringing', agentId, ...(overAt === undefined ? {} : { ringUntil: _.lte(overAt) }) },
        { state: 'waiting', agentId: '', agentName: '', ringUntil: 0, [`tried.${agentId}`]: retryAt },
      ),
    acceptRing: ({ _id, state, agentId }, { userId, name }, now) =>
      changeRing({ _id, state, agentId }, { state: 'accepted', agentId: userId, agentName: name, ...over(now) }),
    endRing: (ringId, { now, ...end }, agentId) =>
      changeRing(
        { _id: ringId, state: _.in(OPEN_RING), ...(agentId === undefined ? {} : { agentId }) },
        { ...end, ...over(now) },
      ),
    takeBackRing: (ringId, agentId) =>
      changeRing({ _id: ringId, state: 'accepted', agentId }, { state: 'refused', busy: true }),
    ringsDue: async (now, after, limit) =>
      (
        await rings
          .where({ sweepAt: _.gt(Math.max(after, 0)).and(_.lte(now)) })
          .orderBy('sweepAt', 'asc')
          .limit(limit)
          .get()
      ).data as RingDoc[],
    async lookAtRing(ringId, sweepAt) {
      await changeRing({ _id: ringId, endedAt: 0 }, { sweepAt })
    },
    async removeOldRings(before) {
      await rings.where({ endedAt: _.gt(0).and(_.lt(before)) }).remove()
    },

    async missedBy(tos, behind, limit) {
      const guard = { to: _.in(tos), missedKey: behind === null ? _.gt('') : _.lt(behind) }
      return (await rings.where(guard).orderBy('missedKey', 'desc').limit(limit).get()).data as RingDoc[]
    },
    countMissed: async (tos, past) => (await rings.where({ to: _.in(tos), missedKey: _.gte(past) }).count()).total,

    phone: (userId) => one<PhoneDoc>(phones, userId),
    async claimPhone({ ringId, until }, userId, now, queue) {
      const data = { ringId, ringUntil: until }
      if (queue !== undefined) {
        const ready = { _id: userId, roomId: '', ringUntil: _.lte(now), ...signedOn(queue, now) }
        return (await changePhone(ready, data)) !== null
      }
      const guard = _.and([{ _id: userId }, _.or([{ ringUntil: _.lte(now) }, { ringId }])])
      return (await changeOrInsert(phones, guard, data, newPhone(userId, data))) !== null
    },
    async releasePhone(userId, ringId, freeSince) {
      await changePhone({ _id: userId, ringId }, { ...NO_RING, ...(freeSince === undefined ? {} : { freeSince }) })
    },
    occupyPhone: (userId, roomId, now) => onPhone(userId, { roomId, roomSince: now }),
    async freePhone(userId, roomId, now) {
      await changePhone({ _id: userId, roomId }, { roomId: '', roomSince: 0, freeSince: now })
    },
    async signOn({ _id, name }, queue, now, leaseUntil) {
      const stays = await changePhone({ _id, ...signedOn(queue, now) }, { name, leaseUntil })
      if (stays) return stays
      const join = () => changePhone({ _id }, { name, leaseUntil, queues: _.addToSet(queue), freeSince: now })
      const first = newPhone(_id, { name, leaseUntil, queues: [queue], freeSince: now })
      return (await join()) ?? ((await insert(phones, first)) ? first : join())
    },
    async signOff(userId, queue) {
      await changePhone({ _id: userId, queues: queue }, { queues: _.pull(queue) })
    },
    freeAgents: async (queue, now, limit) =>
      (
        await phones
          .where({ ...signedOn(queue, now), ringUntil: _.lte(now), roomId: '' })
          .orderBy('freeSince', 'asc')
          .limit(limit)
          .get()
      ).data as PhoneDoc[],
    countAgents: async (queue, now) => (await phones.where(signedOn(queue, now)).count()).total,
    async seeMissed(userId, at) {
      if (await changePhone({ _id: userId }, { missedSeen: _.max(at) })) return
      await onPhone(userId, { missedSeen: at })
    },

    queue: (name) => one<QueueDoc>(queues, name),
    allQueues: (limit) => find<QueueDoc>(queues, {}, limit),
    async queuesOf(userId, names) {
      const his = { agents: userId }
      const guard = names.length > 0 ? _.or([his, { _id: _.in([...names]) }]) : his
      return find<QueueDoc>(queues, guard, QUEUES_MAX)
    },
    async setQueue(name, title) {
      const set = () => change<QueueDoc>(queues, { _id: name }, { title })
      const first: QueueDoc = { _id: name, title, agents: [] }
      return (await set()) ?? ((await insert(queues, first)) ? first : ((await set()) ?? first))
    },
    async removeQueue(name) {
      return (await queues.where({ _id: name }).remove()).deleted === 1
    },
    setAgent: (name, userId, on, max) =>
      on
        ? change<QueueDoc>(
            queues,
            _.and([{ _id: name }, _.or([{ agents: userId }, { [`agents.${max - 1}`]: _.exists(false) }])]),
            { agents: _.addToSet(userId) },
          )
        : change<QueueDoc>(queues, { _id: name }, { agents: _.pull(userId) }),

    async holdSeat(roomId, { seat, doc }, until) {
      const of = `seats.${seat}`
      await change<RoomDoc>(
        rooms,
        {
          _id: roomId,
          state: _.in(OPEN),
          [`${of}.userId`]: doc.userId,
          [`${of}.epoch`]: doc.epoch,
          [`${of}.state`]: 'held',
        },
        { [`${of}.until`]: _.max(until) },
      )
    },
    async markRung(roomId) {
      await change<RoomDoc>(rooms, { _id: roomId, state: _.in(OPEN) }, { rung: true })
    },
  }
}
