import type { RingState } from '../../../miniprogram/protocol/ring'

/** One call for one person or queue. Every change is one guarded update of this document. */
export interface RingDoc {
  _id: string
  roomId: string
  callerId: string
  callerName: string
  /** A user id, or `queue:<name>`: see `queueOf`. */
  to: string
  note: string
  /** The call is recorded. Absent: no. */
  recording?: boolean
  state: RingState
  /** The person rung could not talk: comes with `refused`. */
  busy: boolean
  /** For whom it rings, or rang last, or who has answered; '' while it waits. */
  agentId: string
  agentName: string
  /** Agents who said no, or nothing, and from when on they may be asked again, should nobody else be there. */
  tried: Record<string, number>
  at: number
  /** Place in its queue: by `at`, then by id, so that no two share one. */
  place: string
  /** When the ringing of this person is over; 0 while it waits. */
  ringUntil: number
  /** When it is over by itself, should it still wait then. */
  endsAt: number
  /** 0 while it is open. */
  endedAt: number
  /** Place in the list of missed calls, by its end; absent when nobody has missed it. */
  missedKey?: string
  /** When the sweeper looks at it next; 0: never. */
  sweepAt: number
}

/** What there is of a person's phone: it rings for one call at a time, and agents sign on with it. */
export interface PhoneDoc {
  /** The user id. */
  _id: string
  name: string
  /** The queues that this agent has signed on to, good until `leaseUntil`. */
  queues: string[]
  leaseUntil: number
  /** Since when this agent has nothing to do: the longest free is rung first. */
  freeSince: number
  /** What rings here, until then at most: a lock that opens by itself. */
  ringId: string
  ringUntil: number
  /** The call that this agent is in, and since when; '' for none. */
  roomId: string
  roomSince: number
  /** Missed calls up to this time are no news. */
  missedSeen: number
}

/** A queue as operators have set it up. */
export interface QueueDoc {
  _id: string
  title: string
  /** Who may sign on: user ids. */
  agents: string[]
}

const QUEUE = 'queue:'

/** The queue's name, or null where one person is rung. */
export const queueOf = ({ to }: Pick<RingDoc, 'to'>): string | null =>
  to.startsWith(QUEUE) ? to.slice(QUEUE.length) : null

/** How a queue is kept where a person's id would be. */
export const toQueue = (queue: string): string => `${QUEUE}${queue}`
