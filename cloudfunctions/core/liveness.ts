import { type Bounds, inBatches } from './batches'
import type { Context } from './context'
import type { RoomDoc } from './documents'
import type { Online } from './reactions'

/** So many sweeps in a row that do not find a stream, and as many beats that did not come, say that it is gone. */
const STRIKES = 3

export interface LivenessReport {
  closed: number
  interrupted: number
  revived: number
}

/**
 * Which rooms are still alive, when the streaming cloud did not tell. Three sources: its callbacks, the heartbeats, and its
 * list of what is on, asked for once for all rooms. Any of them keeps a room. A room is buried when the streaming cloud told
 * of the end and the grace is over, or when beats and list have both missed it for as long as it takes. While the list is
 * not to be had, nobody is missing.
 */
export function createLiveness({ deps, notices, tidy, reactions }: Context) {
  const { store, config, now } = deps

  const graceEnd = (room: RoomDoc): number => now() + (room.kind === 'event' ? config.eventGraceMs : config.graceMs)

  const told = async (room: RoomDoc | null, what: 'live' | 'interrupted' | 'closed'): Promise<boolean> => {
    if (room) await Promise.all([notices.room(room), reactions[what](room)])
    return room !== null
  }

  const closed = async (room: RoomDoc | null): Promise<boolean> => {
    if (room) await Promise.all([tidy.forbidNow(room.stream), store.releaseSlot(room.anchorId, room._id)])
    return told(room, 'closed')
  }

  /** The start was never reported, but the stream is on. */
  const revive = async (room: RoomDoc): Promise<boolean> => {
    const at = now()
    const start = {
      stream: room.stream,
      sequence: '',
      eventAt: room.streamAt,
      now: at,
      leaseUntil: at + config.leaseMs,
    }
    return told(await store.begin(room._id, start), 'live')
  }

  /** Buried, if beats and list have both missed it often enough. An event has its grace all the same. */
  const buried = async (struck: RoomDoc): Promise<boolean> => {
    if (struck.strikes < STRIKES || struck.leaseUntil >= now() || struck.kind === 'event') return false
    return closed(await store.bury(struck, now(), now() + tidy.afterCloseMs))
  }

  /** On, and kept: the lease is renewed where it runs low, or where a miss was counted. */
  const seenOn = async (room: RoomDoc): Promise<void> => {
    const low = room.leaseUntil < now() + config.leaseMs / 2
    const missed = room.strikes > 0 && room.strikesLease === room.leaseUntil
    if (low || missed) await store.extendLease(room._id, room.stream, now() + config.leaseMs)
  }

  return async (online: Online, bounds: Bounds): Promise<LivenessReport> => {
    const report: LivenessReport = { closed: 0, interrupted: 0, revived: 0 }

    /** A live room whose anchor has missed a beat, or never beats. */
    const suspect = async (room: RoomDoc): Promise<boolean> => {
      const streams = await online()
      if (!streams) return false
      if (streams.has(room.stream)) {
        await seenOn(room)
        return false
      }
      const struck = await store.strike(room)
      if (!struck || struck.leaseUntil >= now()) return false
      if (await buried(struck)) report.closed++
      else return told(await store.leaseEnded(room._id, room.stream, now(), graceEnd(room)), 'interrupted')
      return false
    }

    const lost = async (room: RoomDoc): Promise<boolean> => {
      const streams = await online()
      if (!streams) return false
      if (streams.has(room.stream)) return revive(room)
      const struck = await store.strike(room)
      if (struck && (await buried(struck))) report.closed++
      return false
    }

    /** Its time is over: does anything say that it is on all the same? */
    const overdue = async (room: RoomDoc): Promise<boolean> => {
      const streams = await online()
      if (streams?.has(room.stream)) {
        if (await revive(room)) report.revived++
        return false
      }
      // That it stopped was told; that it never began, or was lost, only the list can say.
      const stopped = room.state === 'interrupted' && room.reason === 'stream-ended'
      if (!stopped && !streams) return false
      // Nobody beats, and the list has not missed it often enough: one more look.
      if (room.reason === 'heartbeat-lost' && room.strikes < STRIKES && room.leaseUntil < now()) return false
      const reason = room.startedAt === undefined ? 'never-started' : 'grace-over'
      return closed(await store.closeOverdue(room._id, reason, now(), now() + tidy.afterCloseMs))
    }

    const byDeadline = (room: RoomDoc): number => room.closesAt
    // A beat has been missed; or, where a lease is shorter than a beat, the lease is over.
    const before = now() + Math.max(0, config.leaseMs - config.settings.heartbeatMs)
    // Those that were lost before first: a room is looked at once in a sweep.
    report.revived += await inBatches(deps, bounds, store.heartbeatLost, byDeadline, lost)
    report.interrupted += await inBatches(
      deps,
      bounds,
      (after, limit) => store.suspects(before, after, limit),
      (room) => room.leaseUntil,
      suspect,
    )
    for (const state of ['idle', 'interrupted'] as const) {
      const fetch = (after: number, limit: number) => store.overdue(state, now(), after, limit)
      report.closed += await inBatches(deps, bounds, fetch, byDeadline, overdue)
    }
    return report
  }
}
