import type { CoverId } from './limits'

/** `idle -> live <-> interrupted -> closed`; `idle` and `interrupted` end in `closed` when nobody (re)starts in time. */
export type RoomState = 'idle' | 'live' | 'interrupted' | 'closed'

/** Why a room is interrupted or closed. */
export type RoomReason =
  | 'stream-ended' // the streaming cloud lost the stream (callback 0)
  | 'heartbeat-lost' // the anchor's lease ran out
  | 'ended-by-anchor'
  | 'grace-over' // interrupted, and the anchor did not come back in time
  | 'never-started' // created, and nobody pushed in time

/** A person as others see them. `userId` is an HMAC of the OPENID: stable, and says nothing about it. */
export interface User {
  userId: string
  /** Empty until the user has chosen one; the client shows a neutral placeholder. */
  name: string
}

/** The structure of a room: what `version` counts. Likes and viewers are not part of it. */
export interface RoomView {
  roomId: string
  kind: 'live'
  title: string
  cover: CoverId
  anchor: User
  state: RoomState
  reason: RoomReason | null
  /** Grows by one with every change of structure. A client that sees a gap asks for the truth. */
  version: number
  /** Grows when the anchor takes the room to another device or process; the stream changes with it. */
  epoch: number
  createdAt: number
  /** Server time (ms) of the first picture, or null before it. */
  startedAt: number | null
  /** Time left (ms) until the server closes an idle or interrupted room; null otherwise. */
  closesInMs: number | null
}

export interface RoomCounts {
  viewers: number
  likes: number
  totalViewers: number
  peakViewers: number
}

/** A row of the room list. */
export interface RoomSummary {
  room: RoomView
  counts: RoomCounts
}

/** The figures of the closing card. */
export interface ShowSummary {
  durationMs: number
  totalViewers: number
  peakViewers: number
  likes: number
}
