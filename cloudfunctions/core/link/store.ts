import type { LinkDoc, RoomDoc, SeatDoc } from '../documents'
import type { StreamStart } from '../ports'
import type { Seat } from '../seats'

/** Who is to sit on a free seat that was seen at this epoch, and his new stream. */
export interface Hold extends Pick<SeatDoc, 'userId' | 'name' | 'linkId' | 'taken' | 'stream' | 'until'> {
  seat: number
  seenEpoch: number
}

/** What its holder says of a seat; what is absent stays. */
export type Device = Partial<Pick<SeatDoc, 'micOff' | 'cameraOff' | 'handAt' | 'away'>>

/**
 * What the rules of seats, requests and invitations ask of the database, each call one guarded change (see `RoomBase`)
 * that gives the changed room, or null when the guard did not hold: the room is closed, or somebody was faster.
 * A `Seat` stands for its holder at its epoch; it is not touched once another holds it, or the same at a later epoch.
 */
export interface LinkStore {
  /** Somebody waits: unless he waits already or is on stage, and while fewer than `max` wait. */
  addTicket(roomId: string, userId: string, ticket: LinkDoc, max: number): Promise<RoomDoc | null>
  removeTicket(roomId: string, userId: string, linkId: string): Promise<RoomDoc | null>
  /** As `removeTicket`, if it is over at `now`. */
  expireTicket(roomId: string, userId: string, linkId: string, now: number): Promise<RoomDoc | null>
  /**
   * Seats somebody who is on no seat, if the seat is free and open. Where `hold.linkId` names a ticket, it is his, is not
   * over at `now`, and is used up.
   */
  sit(roomId: string, hold: Hold, now: number): Promise<RoomDoc | null>
  /** His holder is told where to push for the first time. */
  grantSeat(roomId: string, seat: Seat, until: number): Promise<RoomDoc | null>
  /** A new epoch with a new stream; the old one is to be forbidden. */
  retakeSeat(roomId: string, seat: Seat, next: { stream: string; until: number; now: number }): Promise<RoomDoc | null>
  /** The holder at this epoch, whose picture is on, is alive. */
  renewSeat(roomId: string, userId: string, seat: number, epoch: number, until: number): Promise<RoomDoc | null>
  /** `handAt`: since when his hand is up, unless it is up already; NEVER: it is down. */
  setDevice(roomId: string, seat: Seat, device: Device): Promise<RoomDoc | null>
  lowerHand(roomId: string, seat: Seat): Promise<RoomDoc | null>
  setQuiet(roomId: string, seat: Seat, off: { quietMic: boolean; quietCamera: boolean }): Promise<RoomDoc | null>
  lockSeat(roomId: string, seat: number, locked: boolean): Promise<RoomDoc | null>
  /** Nobody's again, and its stream is to be forbidden. `overAt`: only if it is over at that time. */
  freeSeat(roomId: string, seat: Seat, now: number, overAt?: number): Promise<RoomDoc | null>

  /** Its holder's picture is on: held -> on. */
  seatBegan(roomId: string, seat: number, start: StreamStart): Promise<RoomDoc | null>
  /** A later push of the same stream while it is on already: only its sequence is new. */
  seatPushed(roomId: string, seat: number, start: StreamStart): Promise<RoomDoc | null>
  /** on -> held, because the push with this sequence (or an unknown one) ended. `eventAt`: unless it began later than that. */
  seatEnded(
    roomId: string,
    seat: number,
    end: { stream: string; sequence: string; until: number; eventAt?: number },
  ): Promise<RoomDoc | null>
  /** Keeps a seat whose stream is on, whether its holder beats or not. */
  extendSeat(roomId: string, seat: number, stream: string, until: number): Promise<RoomDoc | null>
  /** Its stream, which should be on, was not found so many times in a row. */
  strikeSeat(roomId: string, seat: Seat, strikes: number): Promise<RoomDoc | null>
  /** As `seatEnded`, because it was not found for too long; unless it was pushed again since. */
  seatLost(roomId: string, seat: Seat, until: number): Promise<RoomDoc | null>

  /** A call that everybody has left -> closed. */
  closeEmpty(roomId: string, now: number, tidyAt: number): Promise<RoomDoc | null>
  /** A call that ends with the holder of this seat -> closed. `overAt` as in `freeSeat`. */
  closeWithOwner(roomId: string, seat: Seat, now: number, tidyAt: number, overAt?: number): Promise<RoomDoc | null>
  /** Nothing of the stage of this closed room stays; the streams of its seats are to be forbidden. */
  clearStage(closed: RoomDoc, now: number): Promise<RoomDoc | null>

  /** A low-latency place, while fewer than `room.fastMax` are taken. */
  addFast(room: RoomDoc, userId: string, until: number): Promise<RoomDoc | null>
  renewFast(roomId: string, userId: string, until: number): Promise<RoomDoc | null>
  /** `overAt`: only if it is over at that time. */
  freeFast(roomId: string, userId: string, overAt?: number): Promise<RoomDoc | null>

  /** Rooms whose stage is to be looked at, those past `after` and the longest due first. */
  stageDue(now: number, after: number, limit: number): Promise<RoomDoc[]>
  /** When to look next, unless something came up since `seen`. */
  planStage(seen: RoomDoc, stageAt: number): Promise<void>
}
