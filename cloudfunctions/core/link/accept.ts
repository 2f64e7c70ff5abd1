import type { Input } from '../../../miniprogram/protocol/actions'
import type { Context } from '../context'
import { isInCharge, openRoom, refuseUnasked } from '../guards'
import type { Caller } from '../ports'
import { Refusal } from '../refusal'
import { freeSeat, heldSeats, seatsOf } from '../seats'
import { viewOf } from '../view'
import { waitingIn } from './plays'
import type { Moves } from './stage'
import { mayAnswer } from './tickets'

/** Every try that fails means that the seat or the ticket has just changed hands; the next look says which. */
const TRIES = 20

/**
 * The answer yes. One guarded update uses the ticket up and puts the person on the seat, so a late, repeated, forged or
 * withdrawn answer seats nobody, and no seat is given twice. Who repeats his own answer is given the same seat.
 */
export function createAccept({ deps }: Context, stage: Moves) {
  const { now } = deps

  return {
    async 'link.accept'(caller: Caller, { roomId, linkId, seat: wanted }: Input<'link.accept'>) {
      for (let i = 0; i < TRIES; i++) {
        const room = await openRoom(deps, roomId)
        if (wanted !== undefined && wanted > seatsOf(room).length) throw new Refusal('bad-input', 'no such seat')

        const given = heldSeats(room).find(({ doc }) => doc.linkId === linkId)
        if (given && (isInCharge(room, caller.userId) || given.doc.userId === caller.userId)) {
          return { seat: given.seat, room: viewOf(room, now()) }
        }
        const [userId, ticket] = waitingIn(room, now()).find(([, waits]) => waits.linkId === linkId) ?? []
        if (userId === undefined || !ticket) throw new Refusal('stale', 'nobody waits for this answer any more')
        mayAnswer(room, caller.userId, userId, ticket)
        refuseUnasked(room, userId, false, now())

        const free = freeSeat(room, wanted)
        if (!free) throw new Refusal('full', 'no seat is free', { what: 'seats' })
        const seated = await stage.sit(room, free, { userId, name: ticket.name }, { linkId, taken: false })
        if (!seated) continue
        const { seat } = seated.seat
        await stage.tell(ticket.by, { type: 'link-answer', roomId, linkId, answer: 'accepted', seat })
        return { seat, room: viewOf(seated.room, now()) }
      }
      throw new Refusal('full', 'every free seat was taken meanwhile', { what: 'seats' })
    },
  }
}
