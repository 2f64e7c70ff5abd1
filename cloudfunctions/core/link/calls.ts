import type { SeatGrant } from '../../../miniprogram/protocol/link'
import type { User } from '../../../miniprogram/protocol/room'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { limited, openRoom, roomClosed } from '../guards'
import { seatStream } from '../ids'
import type { Caller } from '../ports'
import { Refusal } from '../refusal'
import { freeSeat, NOBODY, newStage, type Stage, seatOf } from '../seats'
import { createStage, type Seated } from './stage'

/** Each try that fails means that somebody else got a seat, so more of them than there are seats say that all are taken. */
const TRIES = 20
/** Coming again cuts what was pushed before: by one person at most this often. */
export const TAKE_EVERY_MS = 1000

/**
 * Calls: a few people, all of them on seats, none of them the anchor of a stream. A call is `live` from its creation on,
 * and over when the last one has left, or the person who opened it, if it was opened so.
 */
export function createCalls(context: Context) {
  const { deps } = context
  const { config, now } = deps
  const stage = createStage(context)

  const granted = (seated: Seated): { room: RoomDoc; seat: SeatGrant } => ({
    room: seated.room,
    seat: stage.grant(seated),
  })

  return {
    /** The stage of a new call: the person who opens it is on seat 1, and is told in the same answer where to push. */
    seatOwner(roomId: string, seats: number, owner: User): Stage {
      const until = now() + config.seatHoldMs
      const empty = newStage(seats, 0)
      const own = {
        ...NOBODY,
        ...owner,
        taken: true,
        locked: false,
        epoch: 1,
        until,
        stream: seatStream(roomId, 1, 1, deps.randomBytes, config.media.kind),
      }
      return { ...empty, seats: { ...empty.seats, 1: own }, onStage: [owner.userId], stageAt: until }
    },

    /** The seat that this person holds, with its URL freshly signed: for a `create` that is repeated. */
    grantOf(room: RoomDoc, userId: string): SeatGrant | null {
      const seat = seatOf(room, userId)
      return seat && stage.grant({ room, seat })
    },

    /**
     * Comes in, or comes again: the lowest free seat, or the person's own one with a new stream, so that the device that
     * he was on before is out. Refuses with `full`, with `rate-limited` (who comes again too often keeps his seat), and
     * with `room-closed` if the call ends meanwhile.
     */
    async enter({ userId }: Caller, seen: RoomDoc, name: string): Promise<{ room: RoomDoc; seat: SeatGrant }> {
      const who = { userId, name }
      let room = seen
      for (let i = 0; i < TRIES; i++) {
        if (room.state === 'closed') throw roomClosed(room, now())
        const own = seatOf(room, userId)
        const free = own ?? freeSeat(room)
        if (!free) break
        if (own?.doc.taken && i === 0) await limited(deps, `take:${userId}`, TAKE_EVERY_MS)
        const ticket = room.links[userId]
        const linkId = ticket && ticket.expiresAt > now() ? ticket.linkId : ''
        const seated = own ? await stage.take(room, own) : await stage.sit(room, free, who, { linkId, taken: true })
        if (seated) return granted(seated)
        room = await openRoom(deps, room._id)
      }
      throw new Refusal('full', 'every seat of this call is taken', { what: 'seats' })
    },

    /** Goes; a call without him may be over. Null: he held no seat. */
    leave: ({ userId }: Caller, roomId: string): Promise<RoomDoc | null> => stage.leave(roomId, userId),
  }
}

export type Calls = ReturnType<typeof createCalls>
