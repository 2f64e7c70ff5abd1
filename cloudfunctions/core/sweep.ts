import type { Context } from './context'
import type { RoomDoc } from './documents'
import type { Online, SweepPart } from './reactions'

const BATCH = 200
const KEEP_RECORDS_MS = 2 * 24 * 3600_000

/** How much a sweep changed. */
export interface SweepReport {
  closed: number
  interrupted: number
  revived: number
  expiredViewers: number
  settled: number
  tidied: number
  /** By the name of each part of the rules. */
  parts: Record<string, number>
}

/**
 * Ends what nobody ended. Every change carries its guard, so a beat or a callback that comes in between wins, and two
 * sweeps at once do no harm. A room is given up only on a clear answer: while the streaming cloud does not say what is
 * on, a room that may be on lives.
 */
export function createSweep({ deps, notices, tidy, reactions }: Context, parts: SweepPart[]) {
  const { store, streaming, config, now, log } = deps

  /** One room's trouble never stops the others. */
  const each = async <T extends { _id: string }>(items: T[], work: (item: T) => Promise<boolean>): Promise<number> => {
    let n = 0
    for (const item of items) {
      try {
        if (await work(item)) n++
      } catch (error) {
        log(`sweeping ${item._id} failed`, error)
      }
    }
    return n
  }

  /** All streams that are on, asked for once and only if somebody needs it; null: nobody knows. */
  const onlineOnce = (): Online => {
    let asked: Promise<Set<string> | null> | undefined
    return () => {
      asked ??= streaming.online().catch((error: unknown) => {
        log('the streaming cloud did not say what is on', error)
        return null
      })
      return asked
    }
  }

  const told = async (room: RoomDoc | null, what: 'live' | 'interrupted' | 'closed'): Promise<boolean> => {
    if (room) await Promise.all([notices.room(room), reactions[what](room)])
    return room !== null
  }

  /** The start was never reported, but the stream is on. */
  const revive = (room: RoomDoc): Promise<RoomDoc | null> =>
    store.begin(room._id, {
      stream: room.stream,
      sequence: '',
      eventAt: room.streamAt,
      now: now(),
      leaseUntil: now() + config.leaseMs,
    })

  return async (): Promise<SweepReport> => {
    const online = onlineOnce()
    const report: SweepReport = {
      closed: 0,
      interrupted: 0,
      revived: 0,
      expiredViewers: 0,
      settled: 0,
      tidied: 0,
      parts: {},
    }

    report.interrupted = await each(await store.leaseLost(now(), BATCH), async (room) => {
      const streams = await online()
      if (!streams) return false
      if (streams.has(room.stream)) {
        await store.extendLease(room._id, room.stream, now() + config.leaseMs)
        return false
      }
      return told(await store.leaseEnded(room._id, room.stream, now(), now() + config.graceMs), 'interrupted')
    })

    report.revived = await each(await store.heartbeatLost(BATCH), async (room) =>
      (await online())?.has(room.stream) ? told(await revive(room), 'live') : false,
    )

    report.closed = await each(await store.overdue(now(), BATCH), async (room) => {
      const streams = await online()
      if (streams?.has(room.stream)) {
        if (await told(await revive(room), 'live')) report.revived++
        return false
      }
      // An interrupted room was seen to stop; of an idle one only the streaming cloud knows that it never began.
      if (!streams && room.state === 'idle') return false
      const reason = room.startedAt === undefined ? 'never-started' : 'grace-over'
      const closed = await store.closeOverdue(room._id, reason, now(), now() + tidy.afterCloseMs)
      if (!closed) return false
      await Promise.all([tidy.forbidNow(closed.stream), store.releaseSlot(closed.anchorId, closed._id)])
      return told(closed, 'closed')
    })

    const cut = now() - config.viewerLeaseMs
    report.expiredViewers = await each(await store.staleMembers(cut, BATCH), async (member) => {
      if (!(await store.expire(member, cut))) return false
      await store.dropViewer(member.roomId)
      return true
    })

    report.settled = await each(await store.unsettled(BATCH), async (room) => {
      const drift = (await store.countPresent(room._id)) - room.viewers
      // Somebody may be between his two writes; the same difference twice is a write that never came.
      if (drift !== 0 && drift === room.drift) await store.correctViewers(room._id, drift)
      else if (drift !== room.drift) await store.noteDrift(room._id, drift)
      const announced = await notices.counts(room._id)
      if (drift !== 0 || !announced) return false
      await store.settle(room._id, room.countsRev)
      return true
    })

    for (const { name, run } of parts) {
      try {
        report.parts[name] = await run(online)
      } catch (error) {
        log(`the sweep of ${name} failed`, error)
      }
    }

    report.tidied = await each(await store.untidy(now(), BATCH), tidy)
    await store.removeOldRecords(now() - KEEP_RECORDS_MS)
    return report
  }
}
