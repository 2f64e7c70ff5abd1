import type { SeatGrant } from '../../../miniprogram/protocol/link'
import type { PersonalMessage } from '../../../miniprogram/protocol/messages'
import type { User } from '../../../miniprogram/protocol/room'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { seatStream } from '../ids'
import { heldSeats, type Seat, seatOf } from '../seats'
import { seatGrant } from './plays'

/** A room, and one seat of it as it is there. */
export interface Seated {
  room: RoomDoc
  seat: Seat
}

/**
 * The moves of a stage, each one guarded update with what follows from it: everybody is told, and a stream that nobody
 * may push any more is forbidden at once; what fails of that is made up for by the sweeper.
 */
export function createStage({ deps, notices, tidy, reactions }: Context) {
  const { store, chat, config, now, log } = deps

  const tell = async (userId: string, message: PersonalMessage): Promise<void> => {
    try {
      await chat.tell(userId, message)
    } catch (error) {
      log(`${message.type} of ${message.roomId} was not told`, error)
    }
  }

  /** A hint for everybody who decides about this stage, but for whoever has just decided. */
  const tellInCharge = async (
    { anchorId, admins }: Pick<RoomDoc, 'anchorId' | 'admins'>,
    message: PersonalMessage,
    decider = '',
  ): Promise<void> => {
    const others = [anchorId, ...admins].filter((userId) => userId !== decider)
    await Promise.all(others.map((userId) => tell(userId, message)))
  }

  /** A stage beside an anchor needs his plane, which is RTMP. */
  const streamFor = ({ _id, kind }: RoomDoc, seat: number, epoch: number): string =>
    seatStream(_id, seat, epoch, deps.randomBytes, kind === 'call' ? config.media.kind : 'rtmp')

  /** Who is on stage, or pushing, has changed. */
  const changed = async (room: RoomDoc): Promise<void> => {
    await Promise.all([notices.room(room), reactions.stage(room)])
  }

  const over = async (room: RoomDoc): Promise<RoomDoc> => {
    await Promise.all([store.releaseSlot(room.anchorId, room._id), notices.room(room), reactions.closed(room)])
    return room
  }

  const seated = (room: RoomDoc, userId: string): Seated => {
    const seat = seatOf(room, userId)
    if (!seat) throw new Error(`nobody was seated in ${room._id}`)
    return { room, seat }
  }

  /** A call that everybody has left is over; null while it is not. */
  const endIfEmpty = async (room: RoomDoc): Promise<RoomDoc | null> => {
    if (room.kind !== 'call' || room.onStage.length > 0) return null
    const closed = await store.closeEmpty(room._id, now(), now() + tidy.afterCloseMs)
    return closed && over(closed)
  }

  /**
   * The seat is nobody's again; a call that ends with its holder, or has nobody left, is over. `overAt`: only if his time
   * was over then. Null: he has left already, has come anew, or has more time.
   */
  const free = async (room: RoomDoc, seat: Seat, overAt?: number): Promise<RoomDoc | null> => {
    const at = now()
    if (room.kind === 'call' && room.endsWithOwner && seat.doc.userId === room.anchorId) {
      const closed = await store.closeWithOwner(room._id, seat, at, at + tidy.afterCloseMs, overAt)
      return closed && over(closed)
    }
    const after = await store.freeSeat(room._id, seat, at, overAt)
    if (!after) return null
    await Promise.all([tidy(after), changed(after)])
    return (await endIfEmpty(after)) ?? after
  }

  /** Whatever seat he holds by now is free. Null: he holds none. */
  const leave = async (roomId: string, userId: string): Promise<RoomDoc | null> => {
    for (;;) {
      const room = await store.room(roomId)
      const seat = room && room.state !== 'closed' ? seatOf(room, userId) : null
      if (!room || !seat) return null
      const after = await free(room, seat)
      if (after) return after
    }
  }

  /** Nobody has to answer to, or for, a person who is gone. */
  const withdraw = async (room: RoomDoc, userId: string): Promise<void> => {
    const { linkId, kind, by } = room.links[userId] ?? {}
    if (linkId === undefined || !(await store.removeTicket(room._id, userId, linkId))) return
    const gone = { type: 'link-answer', roomId: room._id, linkId, answer: 'cancelled' } as const
    await (kind === 'invite' && by !== undefined ? tell(by, gone) : tellInCharge(room, gone))
  }

  return {
    tell,
    tellInCharge,
    changed,
    free,
    leave,
    endIfEmpty,

    /** Puts somebody on this free seat, by his ticket (`linkId`) or, in a call, without one (''). Null: somebody was faster. */
    async sit(room: RoomDoc, { seat, doc }: Seat, who: User, how: { linkId: string; taken: boolean }) {
      const at = now()
      const after = await store.sit(
        room._id,
        {
          ...who,
          ...how,
          seat,
          seenEpoch: doc.epoch,
          stream: streamFor(room, seat, doc.epoch + 1),
          until: at + config.seatHoldMs,
        },
        at,
      )
      if (!after) return null
      await changed(after)
      return seated(after, who.userId)
    },

    /**
     * The holder comes to his seat. The first time it is as it was given to him; later he gets a new epoch and stream,
     * and what he pushed before is cut. Null: the seat has changed since `room` was read.
     */
    async take(room: RoomDoc, seat: Seat): Promise<Seated | null> {
      const at = now()
      const until = at + config.seatHoldMs
      if (!seat.doc.taken) {
        const granted = await store.grantSeat(room._id, seat, until)
        return granted && seated(granted, seat.doc.userId)
      }
      const stream = streamFor(room, seat.seat, seat.doc.epoch + 1)
      const after = await store.retakeSeat(room._id, seat, { stream, until, now: at })
      if (!after) return null
      await Promise.all([tidy(after), changed(after)])
      return seated(after, seat.doc.userId)
    },

    grant: ({ room, seat }: Seated): SeatGrant => seatGrant(config, room, seat, now()),

    /** A person has left the room, or was sent out of it: seat, ticket and low-latency place of `room` as it was read go. */
    async gone(room: RoomDoc, userId: string): Promise<void> {
      await Promise.all([
        room.onStage.includes(userId) ? leave(room._id, userId) : null,
        userId in room.fast ? store.freeFast(room._id, userId) : null,
        withdraw(room, userId),
      ])
    },

    /** The room is over: nothing of its stage stays, and no seat can be pushed to. */
    async clear(closed: RoomDoc): Promise<void> {
      await store.clearStage(closed, now())
      // Clearing up waits until everybody has heard of the end; a stream that is still to be forbidden does not.
      const streams = [...closed.forbid, ...heldSeats(closed).map(({ doc }) => doc.stream)]
      await Promise.all(streams.map((stream) => tidy.forbidNow(stream)))
    },
  }
}

export type Moves = ReturnType<typeof createStage>
