import type { RoomView, SeatView } from '../../../protocol/room'
import type { Place, Slot } from './types'

export const slotOf = (seat: number): Slot => (seat === 0 ? 'anchor' : `seat-${seat}`)

const OPEN = {
  micOff: false,
  cameraOff: false,
  quieted: { mic: false, camera: false },
  handAt: null,
  away: false,
}

/** A seat that somebody holds. */
export type HeldSeat = SeatView & { readonly user: NonNullable<SeatView['user']>; readonly state: 'held' | 'on' }

export const isHeld = (seat: SeatView): seat is HeldSeat => seat.user !== null && seat.state !== 'free'

/**
 * Everybody on the stage of this room as `me` sees it: the anchor, then by seat, the rival of a PK last. In a call, where
 * nobody is more than the others, oneself comes after them.
 */
export function placesOf(room: RoomView, me: string): Place[] {
  const places: Place[] = []
  // The people of a call all sit on seats; an event is pushed by nobody in particular.
  if (room.kind !== 'call') {
    const { anchor: user, state } = room
    const on = state === 'live' ? 'on' : 'held'
    const cameraOff = room.cameraOff === true && state === 'live'
    places.push({ slot: 'anchor', seat: 0, user, me: user.userId === me, state: on, ...OPEN, cameraOff })
  }
  for (const held of room.seats.filter(isHeld)) {
    const { seat, user, state, micOff, cameraOff, quieted, handAt, away } = held
    const slot = slotOf(seat)
    places.push({ slot, seat, user, me: user.userId === me, state, micOff, cameraOff, quieted, handAt, away })
  }
  if (room.kind === 'call') return [...places.filter((place) => !place.me), ...places.filter((place) => place.me)]
  if (room.pk?.state === 'on') {
    places.push({ slot: 'rival', seat: 0, user: room.pk.rival.anchor, me: false, state: 'on', ...OPEN })
  }
  return places
}
