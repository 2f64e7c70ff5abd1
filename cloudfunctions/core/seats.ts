import type { RoomDoc, SeatDoc } from './documents'

/** A moment that does not come: greater than every other, so that the earliest of several is their minimum. */
export const NEVER = Number.MAX_SAFE_INTEGER

/** How somebody sits down, and whoever takes his seat anew: he asks nothing, and is there. */
export const HERE = { handAt: NEVER, away: false }

/** Everything about a seat that is its holder's, when there is none. The lock and the count of epochs are the seat's. */
export const NOBODY: Omit<SeatDoc, 'locked' | 'epoch'> = {
  userId: '',
  name: '',
  linkId: '',
  state: 'held',
  taken: false,
  micOff: false,
  cameraOff: false,
  quietMic: false,
  quietCamera: false,
  ...HERE,
  until: 0,
  strikes: 0,
  stream: '',
  sequence: '',
  streamAt: 0,
}

/** A seat by its number. */
export interface Seat {
  seat: number
  doc: SeatDoc
}

/** The part of a room's document that is about its stage: seats, who waits for one, low-latency viewers. */
export type Stage = Pick<
  RoomDoc,
  'seats' | 'onStage' | 'links' | 'linksUsed' | 'fast' | 'fastUsed' | 'fastMax' | 'stageAt' | 'stageRev'
>

/** The empty stage of a new room. */
export const newStage = (seats: number, lowLatency: number): Stage => ({
  seats: Object.fromEntries(
    Array.from({ length: seats }, (_, i) => [String(i + 1), { ...NOBODY, locked: false, epoch: 0 }]),
  ),
  onStage: [],
  links: {},
  linksUsed: 0,
  fast: {},
  fastUsed: 0,
  fastMax: lowLatency,
  stageAt: NEVER,
  stageRev: 0,
})

/** All seats, by number. */
export const seatsOf = (room: Pick<RoomDoc, 'seats'>): Seat[] =>
  Object.entries(room.seats)
    .map(([seat, doc]) => ({ seat: Number(seat), doc }))
    .sort((a, b) => a.seat - b.seat)

/** Whether its holder asks to speak. */
export const isRaised = ({ handAt = NEVER }: SeatDoc): boolean => handAt !== NEVER

/** The seats that somebody holds. */
export const heldSeats = (room: Pick<RoomDoc, 'seats'>): Seat[] => seatsOf(room).filter(({ doc }) => doc.userId !== '')

/** The seat of this person, or null. */
export const seatOf = (room: Pick<RoomDoc, 'seats'>, userId: string): Seat | null =>
  heldSeats(room).find(({ doc }) => doc.userId === userId) ?? null

/** The seat with this number, or with the lowest one, if it is free and open; else null. */
export const freeSeat = (room: Pick<RoomDoc, 'seats'>, wanted?: number): Seat | null =>
  seatsOf(room).find(
    ({ seat, doc }) => doc.userId === '' && !doc.locked && (wanted === undefined || seat === wanted),
  ) ?? null

/** The same seat when nobody holds it any more. */
export const freed = ({ locked, epoch }: SeatDoc): SeatDoc => ({ ...NOBODY, locked, epoch })

/** When the sweeper has to look at this stage again, or NEVER. */
export const stageDue = ({ seats, links, fast }: Pick<RoomDoc, 'seats' | 'links' | 'fast'>): number =>
  Math.min(
    NEVER,
    ...heldSeats({ seats }).map(({ doc }) => doc.until),
    ...Object.values(links).map(({ expiresAt }) => expiresAt),
    ...Object.values(fast),
  )
