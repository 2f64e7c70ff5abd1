import type { Input } from '../../../miniprogram/protocol/actions'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import { AGENT_BEAT_MS, type QueueView } from '../../../miniprogram/protocol/ring'
import type { Context } from '../context'
import { refuseBanned } from '../order/banned'
import type { Caller } from '../ports'
import { Refusal } from '../refusal'
import { seatOf } from '../seats'
import { type PhoneDoc, type QueueDoc, toQueue } from './documents'
import type { RingMoves } from './moves'
import { ringView } from './view'

/** Three beats of an agent are missing: his phone has died, or sleeps. */
const LEASE_MS = AGENT_BEAT_MS * 3
/** Between an agent's yes and his seat. */
const COMING_MS = 10_000

/** Queues: who may be an agent, who has signed on, who waits. */
export function createQueues({ deps }: Context, { serve, passOn, look }: RingMoves) {
  const { store, config, now } = deps

  const known = async (name: string): Promise<QueueDoc | null> =>
    (await store.queue(name)) ?? (config.openQueues.includes(name) ? { _id: name, title: '', agents: [] } : null)

  const unknown = () => new Refusal('not-found', 'no such queue')

  const mayServe = ({ _id, agents }: QueueDoc, userId: string): boolean =>
    agents.includes(userId) || config.openQueues.includes(_id)

  const viewOf = async (queue: QueueDoc, phone: PhoneDoc | null): Promise<QueueView> => {
    const [waiting, agents] = await Promise.all([
      store.waitingFor(toQueue(queue._id), LIMITS.queueShown),
      store.countAgents(queue._id, now()),
    ])
    return {
      queue: queue._id,
      title: queue.title,
      ready: phone !== null && phone.leaseUntil > now() && phone.queues.includes(queue._id),
      agents,
      waiting: waiting.map((ring) => ringView(ring, now())),
    }
  }

  /** An agent who has left his call is free from now on. */
  const freed = async ({ _id, roomId, roomSince }: PhoneDoc): Promise<void> => {
    if (roomId === '') return
    const room = await store.room(roomId)
    const gone = !room || room.state === 'closed' || (!seatOf(room, _id) && roomSince + COMING_MS <= now())
    if (gone) await store.freePhone(_id, roomId, now())
  }

  const signOff = async (userId: string, queue: string): Promise<void> => {
    await store.signOff(userId, queue)
    const rung = await store.rungFor(userId)
    if (rung?.to === toQueue(queue)) await passOn(rung)
  }

  /** Those whose agent he is, with those that are open to everybody. */
  const queuesOf = async (userId: string): Promise<QueueDoc[]> => {
    const open = config.openQueues
    const found = await store.queuesOf(userId, open)
    const plain = open.filter((name) => !found.some(({ _id }) => _id === name))
    return [...found, ...plain.map((_id) => ({ _id, title: '', agents: [] }))]
  }

  return {
    queuesOf,
    signOff,

    async isAgent(name: string, userId: string): Promise<boolean> {
      const queue = await known(name)
      return queue !== null && mayServe(queue, userId)
    },
    async refuseUnknown(name: string): Promise<void> {
      if (!(await known(name))) throw unknown()
    },

    actions: {
      async 'queue.ready'({ userId }: Caller, { queue: name, ready }: Input<'queue.ready'>) {
        const [queue, user] = await Promise.all([known(name), store.user(userId)])
        if (!queue) throw unknown()
        refuseBanned(null, user)
        if (!mayServe(queue, userId)) throw new Refusal('forbidden', 'no operator has named you an agent of this queue')
        if (ready) {
          const phone = await store.signOn({ _id: userId, name: user?.name ?? '' }, name, now(), now() + LEASE_MS)
          if (phone) await freed(phone)
          await serve(name)
        } else await signOff(userId, name)
        const [phone, rung] = await Promise.all([store.phone(userId), store.rungFor(userId)])
        const ring = rung && (await look(rung))
        const forMe = ring?.state === 'ringing' && ring.agentId === userId
        return { queue: await viewOf(queue, phone), incoming: forMe ? ringView(ring, now()) : null }
      },

      async 'queue.list'({ userId }: Caller) {
        const [queues, phone] = await Promise.all([queuesOf(userId), store.phone(userId)])
        return { queues: await Promise.all(queues.map((queue) => viewOf(queue, phone))) }
      },
    },
  }
}

export type Queues = ReturnType<typeof createQueues>
