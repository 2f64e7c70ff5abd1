import type { AdminInput } from '../../../miniprogram/protocol/admin'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { STREAM_RANDOM_BYTES, streamName } from '../ids'
import { Refusal } from '../refusal'
import { newStage } from '../seats'
import { viewOf } from '../view'

const DAY_MS = 24 * 3600_000

/** Refuses while an operator keeps this room from being opened again. */
export function refuseForbidden({ forbidden }: RoomDoc, now: number): void {
  const until = forbidden?.until ?? 0
  if (until > now) throw new Refusal('forbidden', 'this room is forbidden: allow it first', { until })
}

/** Opens a live room again that was closed by mistake, or whose anchor has been forgiven. */
export function createReopen({ deps, notices, tidy }: Context) {
  const { store, chat, config, now, log } = deps

  const closedLately = async (roomId: string): Promise<RoomDoc> => {
    const room = await store.room(roomId)
    if (!room) throw new Refusal('not-found', 'no such room')
    if (room.kind !== 'live') throw new Refusal('forbidden', 'only a live room is opened again')
    if (room.state === 'closed' && room.closedAt <= now() - DAY_MS) {
      throw new Refusal('room-closed', 'this show ended more than a day ago')
    }
    refuseForbidden(room, now())
    return room
  }

  /** An anchor has one open room. */
  const claim = async (anchorId: string, roomId: string): Promise<void> => {
    for (;;) {
      const user = await store.user(anchorId)
      if (user?.banned) throw new Refusal('banned', 'the anchor is banned')
      const held = user?.openRoom ?? ''
      if (held === roomId) return
      const other = held === '' ? null : await store.room(held)
      if (other && other.state !== 'closed') {
        throw new Refusal('already-live', 'its anchor has another open room', { roomId: held })
      }
      if (await store.claimSlot(anchorId, held, roomId)) return
    }
  }

  const clearedUp = async (room: RoomDoc): Promise<void> => {
    if (room.tidyAt === 0 || (await tidy(room))) return
    throw new Refusal('unavailable', 'what the show left behind could not be cleared up yet')
  }

  return async ({ roomId }: AdminInput<'reopen'>) => {
    const seen = await closedLately(roomId)
    if (seen.state !== 'closed') return { room: viewOf(seen, now()) }
    await clearedUp(seen)
    await claim(seen.anchorId, roomId)
    try {
      await chat.createGroup(roomId)
      const at = now()
      const room = await store.reopen(
        seen,
        {
          stream: streamName(roomId, seen.epoch + 1, deps.randomBytes(STREAM_RANDOM_BYTES)),
          closesAt: at + config.idleMs,
          leaseUntil: at + config.leaseMs,
          seats: newStage(Object.keys(seen.seats).length, 0).seats,
        },
        at - DAY_MS,
      )
      if (room) {
        await notices.room(room)
        return { room: viewOf(room, now()) }
      }
    } catch (error) {
      log(`${roomId} could not be opened again`, error)
    }
    // Somebody else may have been faster: then the slot is his, and stays.
    const found = await store.room(roomId)
    if (found && found.state !== 'closed') return { room: viewOf(found, now()) }
    await store.releaseSlot(seen.anchorId, roomId)
    throw new Refusal('unavailable', 'the room could not be opened again')
  }
}
