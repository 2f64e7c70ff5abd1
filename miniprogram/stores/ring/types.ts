import type { CoverId } from '../../protocol/limits'
import type { RingTarget, RingView } from '../../protocol/ring'
import type { RoomFault } from '../room/fault'

export type { MissedCall, QueueView, RingTarget, RingView } from '../../protocol/ring'

/** A ring, and when it ends by itself in this phone's time (ms); null where nobody says. */
export interface Ringing {
  readonly ring: RingView
  readonly endsAt: number | null
}

/** What somebody wants to be rung up for. */
export interface RingWish {
  readonly to: RingTarget
  readonly note?: string
  /** Of the call that is opened for it. */
  readonly title: string
  readonly cover: CoverId
  readonly seats?: number
  readonly record?: boolean
}

/** How a call that nobody took ended; `cancelled`: by the server, because this phone was away for too long. */
export type Unanswered = 'refused' | 'busy' | 'missed' | 'cancelled'

/** The call that this person has asked for. */
export type OutgoingState =
  | { readonly phase: 'none' }
  /** The server has not heard of it yet. */
  | { readonly phase: 'asking' }
  /** `waiting`: in a queue, at `ring.queue.position`. */
  | ({ readonly phase: 'ringing' | 'waiting' } & Ringing)
  /** Somebody is there: go into `roomId`. */
  | { readonly phase: 'accepted'; readonly roomId: string; readonly ring: RingView }
  | { readonly phase: 'over'; readonly why: Unanswered; readonly ring: RingView }
  | { readonly phase: 'failed'; readonly fault: RoomFault }
