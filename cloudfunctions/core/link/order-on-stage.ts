import type { Input } from '../../../miniprogram/protocol/actions'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { roomInCharge } from '../guards'
import type { Caller } from '../ports'
import { Refusal } from '../refusal'
import { isRaised, type Seat, seatOf, seatsOf } from '../seats'
import { viewOf } from '../view'
import type { Moves } from './stage'

/** What the anchor and his admins may do with seats. Nobody acts against the anchor: in a call he sits on one himself. */
export function createOrderOnStage({ deps, notices }: Context, stage: Moves) {
  const { store, now } = deps

  const notAgainstAnchor = (room: RoomDoc, callerId: string, userId: string): void => {
    if (userId === room.anchorId && callerId !== userId) {
      throw new Refusal('forbidden', 'nobody acts against the anchor')
    }
  }

  const seatIn = (room: RoomDoc, number: number): Seat => {
    const seat = seatsOf(room).find((each) => each.seat === number)
    if (!seat) throw new Refusal('bad-input', 'no such seat')
    return seat
  }

  return {
    async 'seat.kick'(caller: Caller, { roomId, userId }: Input<'seat.kick'>) {
      for (;;) {
        const room = await roomInCharge(deps, caller, roomId)
        if (userId === room.anchorId) throw new Refusal('forbidden', 'the anchor cannot be sent off the stage')
        const seat = seatOf(room, userId)
        if (!seat) return { room: viewOf(room, now()) }
        const after = await stage.free(room, seat)
        if (!after) continue
        await stage.tell(userId, { type: 'seat', roomId, what: 'kicked' })
        return { room: viewOf(after, now()) }
      }
    },

    async 'seat.quiet'(caller: Caller, { roomId, seat: number, mic, camera }: Input<'seat.quiet'>) {
      for (;;) {
        const room = await roomInCharge(deps, caller, roomId)
        const seat = seatIn(room, number)
        const { userId, quietMic, quietCamera } = seat.doc
        notAgainstAnchor(room, caller.userId, userId)
        if (userId === '' || (quietMic === mic && quietCamera === camera)) return { room: viewOf(room, now()) }
        const after = await store.setQuiet(roomId, seat, { quietMic: mic, quietCamera: camera })
        if (!after) continue
        await Promise.all([notices.room(after), stage.tell(userId, { type: 'seat', roomId, what: 'quieted' })])
        return { room: viewOf(after, now()) }
      }
    },

    async 'seat.hand'(caller: Caller, { roomId, userId }: Input<'seat.hand'>) {
      for (;;) {
        const room = await roomInCharge(deps, caller, roomId)
        const seat = seatOf(room, userId)
        if (!seat || !isRaised(seat.doc)) return { room: viewOf(room, now()) }
        const after = await store.lowerHand(roomId, seat)
        if (!after) continue
        await notices.room(after)
        return { room: viewOf(after, now()) }
      }
    },

    async 'seat.lock'(caller: Caller, { roomId, seat: number, locked }: Input<'seat.lock'>) {
      const room = await roomInCharge(deps, caller, roomId)
      seatIn(room, number)
      const after = await store.lockSeat(roomId, number, locked)
      if (after) await notices.room(after)
      return { room: viewOf(after ?? (await roomInCharge(deps, caller, roomId)), now()) }
    },
  }
}
