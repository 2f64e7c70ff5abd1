import type { Seat } from '../seats'
import type { PhoneDoc, QueueDoc, RingDoc } from './documents'

/** How a ring ends; `missedKey` where somebody has missed it. */
export interface RingEnd extends Pick<RingDoc, 'state' | 'busy'> {
  now: number
  missedKey?: string
}

/**
 * What the rules of ringing ask of the database, each call one guarded change (see `RoomBase`). The ring is the truth; a
 * phone is a lock that keeps two rings from one person, and opens by itself.
 */
export interface RingStore {
  insertRing(ring: RingDoc): Promise<boolean>
  ring(ringId: string): Promise<RingDoc | null>
  /** Those of this caller that are open. */
  openRingsOf(callerId: string, limit: number): Promise<RingDoc[]>
  openRingsIn(roomId: string, limit: number): Promise<RingDoc[]>
  ringsOf(callerId: string, ringIds: string[]): Promise<RingDoc[]>
  /** What rings for this person. */
  rungFor(userId: string): Promise<RingDoc | null>
  /** The longest waiting first. */
  waitingFor(to: string, limit: number): Promise<RingDoc[]>
  /** How many wait before this place. */
  waitingBefore(to: string, place: string): Promise<number>

  /** waiting -> ringing, for this person. */
  ringAt(ringId: string, agent: Pick<PhoneDoc, '_id' | 'name'>, ringUntil: number): Promise<RingDoc | null>
  /** ringing for this agent -> waiting for another one. `overAt`: only if his time is over then. */
  passOn(ringId: string, agentId: string, retryAt: number, overAt?: number): Promise<RingDoc | null>
  /** ringing for him, or waiting -> accepted by him; `from` as it was read. */
  acceptRing(from: RingDoc, by: { userId: string; name: string }, now: number): Promise<RingDoc | null>
  /** Open -> over. `agentId`: only while it rings for this person. */
  endRing(ringId: string, end: RingEnd, agentId?: string): Promise<RingDoc | null>
  /** accepted by him -> refused, because he found no way in. */
  takeBackRing(ringId: string, agentId: string): Promise<RingDoc | null>
  ringsDue(now: number, after: number, limit: number): Promise<RingDoc[]>
  lookAtRing(ringId: string, sweepAt: number): Promise<void>
  removeOldRings(before: number): Promise<void>

  /** Missed by these people and queues, behind this place, the newest first. */
  missedBy(tos: string[], behind: string | null, limit: number): Promise<RingDoc[]>
  /** How many of them are past this place. */
  countMissed(tos: string[], past: string): Promise<number>

  phone(userId: string): Promise<PhoneDoc | null>
  /**
   * Locks the phone for this ring, if it is free at `now`, or locked for this ring already. `queue`: and free in any case, with
   * its owner signed on there, and in no call.
   */
  claimPhone(ring: { ringId: string; until: number }, userId: string, now: number, queue?: string): Promise<boolean>
  /** Opens the lock of this ring. `freeSince`: he goes to the end of those who are free. */
  releasePhone(userId: string, ringId: string, freeSince?: number): Promise<void>
  /** The agent is in a call from now on. */
  occupyPhone(userId: string, roomId: string, now: number): Promise<void>
  /** The agent is in this call no more. */
  freePhone(userId: string, roomId: string, now: number): Promise<void>
  /** Signed on, or still signed on: then he keeps his place among those who are free. */
  signOn(
    agent: Pick<PhoneDoc, '_id' | 'name'>,
    queue: string,
    now: number,
    leaseUntil: number,
  ): Promise<PhoneDoc | null>
  signOff(userId: string, queue: string): Promise<void>
  /** Signed on, alive, and neither ringing nor in a call; the longest free first. */
  freeAgents(queue: string, now: number, limit: number): Promise<PhoneDoc[]>
  countAgents(queue: string, now: number): Promise<number>
  /** Never goes back. */
  seeMissed(userId: string, at: number): Promise<void>

  queue(name: string): Promise<QueueDoc | null>
  allQueues(limit: number): Promise<QueueDoc[]>
  /** Those that operators have named him for, and those named here. */
  queuesOf(userId: string, names: readonly string[]): Promise<QueueDoc[]>
  /** Makes it, or names it anew. */
  setQueue(name: string, title: string): Promise<QueueDoc>
  removeQueue(name: string): Promise<boolean>
  /** Null: there is no such queue, or it has `max` agents. */
  setAgent(name: string, userId: string, on: boolean, max: number): Promise<QueueDoc | null>

  /** Keeps a call's seat for its holder while he waits for an answer. */
  holdSeat(roomId: string, seat: Seat, until: number): Promise<void>
  /** Somebody was rung up from this call: its changes concern rings. */
  markRung(roomId: string): Promise<void>
}
