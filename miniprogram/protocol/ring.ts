import type { Output } from './actions'
import type { User } from './room'

/** Who is rung: one person, or whoever of a queue's agents has been free the longest. */
export type RingTarget = { userId: string } | { queue: string }

/**
 * `waiting` (queues only) `-> ringing -> accepted | refused | cancelled | missed`; an agent's no, or silence, leads back to
 * `waiting`. `cancelled`: by the caller, or because he is not there any more.
 */
export type RingState = 'waiting' | 'ringing' | 'accepted' | 'refused' | 'cancelled' | 'missed'

/** One call for one person or queue, as caller and callee see it. */
export interface RingView {
  ringId: string
  /** The call that the answer leads into. */
  roomId: string
  from: User
  to: RingTarget
  /** What the caller says it is about, or ''. */
  note: string
  /** The call is recorded: whoever says yes says so to that as well. */
  recording: boolean
  state: RingState
  /** The person rung cannot talk now: comes with `refused`. */
  busy: boolean
  /** For whom it rings, or who has answered; null while nobody is. His name is '' where none is known. */
  agent: User | null
  /** Server time (ms). */
  askedAt: number
  /** Time left (ms): of this person's ringing, or of the waiting; null once it is over. */
  endsInMs: number | null
  /** While it waits: 1 for whoever is next, and how many agents have signed on. Null otherwise, and for the callee. */
  queue: { position: number; agents: number } | null
}

/** A call that this person, or a queue of his, has missed. */
export interface MissedCall extends Pick<RingView, 'ringId' | 'from' | 'to' | 'note'> {
  /** Server time (ms) at which it was over. */
  at: number
  /** `busy`: he was in another call; `cancelled`: the caller gave up; `missed`: nobody answered. */
  why: 'busy' | 'cancelled' | 'missed'
}

/** A queue, as one of its agents sees it. */
export interface QueueView {
  queue: string
  /** What people call it, or '' where nobody has named it. */
  title: string
  /** This agent has signed on. */
  ready: boolean
  /** How many agents have signed on. */
  agents: number
  /** Who waits, the longest first; those whom it rings for are not among them. At most LIMITS.queueShown. */
  waiting: RingView[]
}

/** Ringing: somebody is called into a call, by his id or through a queue of agents. */
export interface RingActions {
  /**
   * Rings somebody up, from one's seat in a call. The same `requestId` again gives the same ring. A person who talks already
   * is not disturbed: the answer is `refused`, `busy`. While it rings or waits, the caller asks `call.status` every
   * `RING_POLL_MS`; that keeps his seat, pushing or not.
   */
  'call.invite': {
    input: { roomId: string; to: RingTarget; requestId: string; note?: string }
    output: { ring: RingView }
  }
  /** Yes: a seat in the call, in the answer of `enter`. `consent`: as there; without it the ring goes on. `stale` when somebody else was faster, or the caller has gone. */
  'call.accept': { input: { ringId: string; consent?: boolean }; output: Output<'enter'> }
  /** No, or not now (`busy`); a queue asks the next agent. Safe to repeat. */
  'call.refuse': { input: { ringId: string; busy?: boolean }; output: { refused: boolean } }
  /** The caller gives up. Safe to repeat. */
  'call.cancel': { input: { ringId: string }; output: { cancelled: boolean } }
  /** The truth: what rings for me, and what I have asked for: all that is not over, and what `ringIds` names. */
  'call.status': {
    input: { ringIds?: string[] }
    output: { incoming: RingView | null; outgoing: RingView[] }
  }
  /** Calls that I, or queues of mine, have missed, the newest first. `seen`: from now on those up to now are no news. */
  'call.missed': {
    input: { seen?: boolean; cursor?: string; limit?: number }
    output: { calls: MissedCall[]; unseen: number; nextCursor: string | null }
  }
  /**
   * An agent signs on to a queue, or off. Signed on he repeats it every `AGENT_BEAT_MS`, or he is passed over.
   * `forbidden` to whom no operator has named.
   */
  'queue.ready': {
    input: { queue: string; ready: boolean }
    output: { queue: QueueView; incoming: RingView | null }
  }
  /** The queues whose agent I am, and who waits there. A ring that waits may be accepted by each of its agents. */
  'queue.list': { input: Record<never, never>; output: { queues: QueueView[] } }
}

/** What has happened to a ring. To the callee: `ringing`, and `over` when he need not answer any more. */
export type RingNews = 'ringing' | 'waiting' | 'accepted' | 'refused' | 'cancelled' | 'missed' | 'over'

/** While something rings or waits, `call.status` is asked this often (ms). */
export const RING_POLL_MS = 4000
/** An agent who has signed on says so this often (ms). */
export const AGENT_BEAT_MS = 15_000
/** Name of a queue. */
export const QUEUE_NAME = /^[a-z0-9-]{1,32}$/
