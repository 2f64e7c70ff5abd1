import { inBatches } from '../batches'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { isTrtc } from '../ids'
import type { Online, SweepPart } from '../reactions'
import { heldSeats, type Seat, stageDue } from '../seats'
import type { Moves } from './stage'

/** One sweep looks at 2,000 stages at most, and begins no new batch after this time; what is left comes first in the next. */
const BATCHES = 10
const SWEEP_MS = 10_000
/** While the streaming cloud does not say what is on, a stage whose time is over is looked at again after this long. */
const RETRY_MS = 30_000
/** Each stage with somebody on it is looked at once a lease or more often. */
const STRIKES = 3

/**
 * Ends what nobody ended on a stage: seats whose holder never came or has vanished, questions that nobody answered,
 * places of low-latency viewers who are gone. Every change carries its guard, so whoever is just in time wins.
 */
export function createStageSweep({ deps }: Context, stage: Moves): SweepPart {
  const { store, config, now } = deps

  const expireTickets = async (room: RoomDoc): Promise<number> => {
    let n = 0
    for (const [userId, { linkId, expiresAt, by }] of Object.entries(room.links)) {
      if (expiresAt > now() || !(await store.expireTicket(room._id, userId, linkId, now()))) continue
      n++
      await stage.tell(by, { type: 'link-answer', roomId: room._id, linkId, answer: 'expired' })
    }
    return n
  }

  const expirePlaces = async (room: RoomDoc): Promise<number> => {
    let n = 0
    for (const [userId, until] of Object.entries(room.fast)) {
      if (until <= now() && (await store.freeFast(room._id, userId, now()))) n++
    }
    return n
  }

  /** His time is over. Whose stream is on stays, whether anybody has told of it or not; null: nobody knows. */
  const lookAtOverdue = async (room: RoomDoc, seat: Seat, streams: Set<string> | null): Promise<number | null> => {
    const { stream, state, streamAt } = seat.doc
    const leaseUntil = now() + config.leaseMs
    // Of TRTC rooms there is no list: who neither beats nor is told of is gone.
    if (isTrtc(stream)) return (await stage.free(room, seat, now())) ? 1 : 0
    if (!streams) return null
    if (!streams.has(stream)) return (await stage.free(room, seat, now())) ? 1 : 0
    if (state === 'on') {
      await store.extendSeat(room._id, seat.seat, stream, leaseUntil)
      return 0
    }
    const start = { stream, sequence: '', eventAt: streamAt, now: now(), leaseUntil }
    const began = await store.seatBegan(room._id, seat.seat, start)
    if (began) await stage.changed(began)
    return began ? 1 : 0
  }

  /** He beats. If his stream was not found three times in a row, its end was not told, and it has the grace to come back. */
  const lookAtBeating = async (room: RoomDoc, seat: Seat, streams: Set<string> | null): Promise<number> => {
    const { stream, strikes, until } = seat.doc
    if (!streams || isTrtc(stream)) return 0
    if (streams.has(stream)) {
      if (strikes > 0) await store.extendSeat(room._id, seat.seat, stream, until)
      return 0
    }
    if (strikes + 1 < STRIKES) {
      await store.strikeSeat(room._id, seat, strikes + 1)
      return 0
    }
    const lost = await store.seatLost(room._id, seat, now() + config.graceMs)
    if (lost) await stage.changed(lost)
    return lost ? 1 : 0
  }

  const lookAt = async (room: RoomDoc, online: Online): Promise<number> => {
    if (room.state === 'closed') {
      await stage.clear(room)
      return 1
    }
    let n = (await expireTickets(room)) + (await expirePlaces(room))
    let unknown = false
    for (const seat of heldSeats(room)) {
      const overdue = seat.doc.until <= now()
      if (!overdue && seat.doc.state === 'held') continue
      const look = overdue ? lookAtOverdue : lookAtBeating
      const done = await look(room, seat, await online())
      if (done === null) unknown = true
      else n += done
    }
    const after = await store.room(room._id)
    if (!after || after.state === 'closed') return n
    if (await stage.endIfEmpty(after)) return n + 1
    await store.planStage(after, Math.max(stageDue(after), unknown ? now() + RETRY_MS : 0))
    return n
  }

  return {
    name: 'link',
    async run(online) {
      let changed = 0
      const look = async (room: RoomDoc): Promise<boolean> => {
        const n = await lookAt(room, online)
        changed += n
        return n > 0
      }
      const due = (after: number, limit: number) => store.stageDue(now(), after, limit)
      await inBatches(deps, { batches: BATCHES, until: now() + SWEEP_MS }, due, ({ stageAt }) => stageAt, look)
      return changed
    },
  }
}
