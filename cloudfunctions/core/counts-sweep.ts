import { type Bounds, inBatches } from './batches'
import type { Context } from './context'
import type { MemberDoc, RoomDoc } from './documents'
import { movedTo } from './heat'

/**
 * Counts that nobody can drive off for long: viewers who are not heard of are expired, what a crash between two writes
 * left behind is set right, the last change is announced, and hot rooms move in the list.
 */
export function createCountsSweep({ deps, notices }: Pick<Context, 'deps' | 'notices'>) {
  const { store, config, now } = deps

  const expireMembers = (bounds: Bounds): Promise<number> => {
    const cut = now() - config.viewerLeaseMs
    let open = new Map<string, RoomDoc>()
    const fetch = async (after: number, limit: number): Promise<MemberDoc[]> => {
      const batch = await store.staleMembers(cut, after, limit)
      open = batch.length > 0 ? await store.openOf([...new Set(batch.map(({ roomId }) => roomId))]) : open
      return batch
    }
    const expire = async (member: MemberDoc): Promise<boolean> => {
      const { roomId, userId } = member
      const room = open.get(roomId)
      if (!room) {
        await store.forgetMember(roomId, userId)
        return true
      }
      // Who holds a seat is in for as long as it is his, and says so by its beat alone.
      if (room.onStage.includes(userId)) {
        await store.touch(roomId, userId, now())
        return false
      }
      await store.unsettle(roomId)
      const expired = await store.expire(member, cut)
      if (expired) await store.dropViewer(roomId)
      return expired
    }
    return inBatches(deps, bounds, fetch, ({ lastSeen }) => lastSeen, expire)
  }

  const settle = async (room: RoomDoc): Promise<boolean> => {
    const drift = (await store.countPresent(room._id)) - room.viewers
    const since = room.startedAt ?? (room.opensAt || room.createdAt)
    const hotKey = room.listed && room.listKey ? movedTo(room, since, room.listKey) : null
    const look = { now: now(), drift, hotKey }
    const announced = await notices.counts(room._id)
    if (drift === 0 && announced && (await store.settle(room, look))) return true
    await store.looked(room._id, look)
    // Somebody may be between his two writes; the same difference twice is a write that never came.
    if (drift !== 0 && drift === room.drift) await store.correctViewers(room._id, drift)
    return false
  }

  return async (bounds: Bounds): Promise<{ expiredViewers: number; settled: number }> => ({
    expiredViewers: await expireMembers(bounds),
    settled: await inBatches(deps, bounds, store.unsettled, ({ settledAt }) => settledAt, settle),
  })
}
