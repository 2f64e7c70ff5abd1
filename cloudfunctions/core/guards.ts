import type { RoomDoc } from './documents'
import type { Caller, Deps } from './ports'
import { Refusal } from './refusal'
import { summaryOf, viewOf } from './view'

/** Why a closed room refuses, with everything that the closing card shows. */
export function roomClosed(room: RoomDoc, now: number): Refusal {
  return new Refusal('room-closed', 'the show has ended', { room: viewOf(room, now), summary: summaryOf(room, now) })
}

/** Refuses whoever would be recorded without having been asked; who sits in the call has been. */
export function refuseUnasked(room: RoomDoc, userId: string, consent: boolean | undefined, now: number): void {
  if (room.kind !== 'call' || !room.record || consent || room.onStage.includes(userId)) return
  throw new Refusal('consent-needed', 'this call is recorded', { room: viewOf(room, now) })
}

/** The room, open, or a refusal. */
export async function openRoom({ store, now }: Pick<Deps, 'store' | 'now'>, roomId: string): Promise<RoomDoc> {
  const room = await store.room(roomId)
  if (!room) throw new Refusal('not-found', 'no such room')
  if (room.state === 'closed') throw roomClosed(room, now())
  return room
}

/** The caller's own room, open and (where given) at this epoch, or a refusal. */
export async function ownRoom(
  deps: Pick<Deps, 'store' | 'now'>,
  caller: Caller,
  roomId: string,
  epoch?: number,
): Promise<RoomDoc> {
  const room = await deps.store.room(roomId)
  if (!room) throw new Refusal('not-found', 'no such room')
  if (room.anchorId !== caller.userId) throw new Refusal('forbidden', 'only the anchor may do this')
  if (room.state === 'closed') throw roomClosed(room, deps.now())
  if (epoch !== undefined && room.epoch !== epoch) {
    throw new Refusal('superseded', 'the room is held by another device', { epoch: room.epoch })
  }
  return room
}

/** Keeps order in this room: its anchor, or an admin whom he named. */
export const isInCharge = (room: RoomDoc, userId: string): boolean =>
  room.anchorId === userId || room.admins.includes(userId)

/** The room, open, for a caller who keeps order in it, or a refusal. */
export async function roomInCharge(
  deps: Pick<Deps, 'store' | 'now'>,
  caller: Caller,
  roomId: string,
): Promise<RoomDoc> {
  const room = await openRoom(deps, roomId)
  if (!isInCharge(room, caller.userId)) throw new Refusal('forbidden', 'only the anchor and the admins may do this')
  return room
}

/** Allows one call per `everyMs` and key; calls with the same tag count as one. `rare`: see `RoomBase.spend`. */
export async function limited(
  { store, now }: Pick<Deps, 'store' | 'now'>,
  key: string,
  everyMs: number,
  tag = '',
  rare = false,
): Promise<void> {
  const retryInMs = await store.spend(key, tag, now(), everyMs, rare)
  if (retryInMs > 0) throw new Refusal('rate-limited', 'too many calls', { retryInMs })
}
