import type { RoomCounts, RoomView, User } from './room'

/** A push URL, valid for one user, one room and one stream. Ask again rather than keep it. */
export interface PushGrant {
  url: string
  expiresInMs: number
}

/** Somebody waits: a viewer for the anchor's word (`request`), or the anchor for a viewer's (`invite`). */
export interface LinkTicket {
  linkId: string
  kind: 'request' | 'invite'
  /** Who is to come on stage. */
  user: User
  expiresInMs: number
}

/**
 * The low-latency picture of one person on stage, for `<live-player mode="RTC">`. Its signature would also allow to push,
 * so it is given only to people on stage and to counted low-latency viewers, and never for long.
 */
export interface StagePlay {
  userId: string
  /** 0: the anchor of a live room. */
  seat: number
  url: string
  expiresInMs: number
}

/**
 * How picture and sound travel. `rtmp`: everybody pushes to an address of his own and plays those of the others. `trtc`: all
 * meet in a room of Tencent's TRTC, which tells each phone who is there; `push.url` leads there from `<live-pusher>`, these
 * fields from TRTC's other clients. `userId` is good for this seat and epoch: see `TRTC_USER`.
 */
export type SeatMedia =
  | { kind: 'rtmp' }
  | {
      kind: 'trtc'
      sdkAppId: number
      strRoomId: string
      userId: string
      userSig: string
      privateMapKey: string
      expiresInMs: number
    }

/** Who somebody in a TRTC room is: the seat, then its epoch. Everything else in it is chance. */
export const TRTC_USER = /^t([1-9])e([0-9]{1,9})_[0-9a-f]{16}$/

/**
 * All that the holder of a seat needs. `play` leaves out his own picture; a seat in it may still be `held`. With `trtc` it is
 * empty: where the others are seen is told in the room.
 */
export interface SeatGrant {
  seat: number
  epoch: number
  push: PushGrant
  media: SeatMedia
  play: StagePlay[]
}

/** Link-mic: who comes on stage, and what he may use there. */
export interface LinkActions {
  /** A viewer asks for a seat. Asking again gives the same ticket. `position`: 1 for whoever is next. */
  'link.request': { input: { roomId: string }; output: { link: LinkTicket; position: number } }
  /** The viewer takes his request back, or the anchor his invitation. Safe to repeat. */
  'link.cancel': { input: { roomId: string; linkId: string }; output: { cancelled: boolean } }
  /** For the anchor and admins: everybody who waits, longest first. */
  'link.list': { input: { roomId: string }; output: { links: LinkTicket[] } }
  /** The anchor or an admin asks a viewer to come. Inviting again gives the same ticket. */
  'link.invite': { input: { roomId: string; userId: string }; output: { link: LinkTicket } }
  /** The anchor accepts a request, the invited person an invitation: a seat is held for him until he pushes. */
  'link.accept': { input: { roomId: string; linkId: string; seat?: number }; output: { seat: number; room: RoomView } }
  /** The other answer; `reason` is shown to whoever waits. */
  'link.reject': { input: { roomId: string; linkId: string; reason?: string }; output: { rejected: boolean } }
  /** The holder comes to his seat, here or on another device: a new epoch, a new stream; the old one is forbidden. */
  'seat.take': { input: { roomId: string }; output: SeatGrant & { room: RoomView } }
  /** A freshly signed URL for the same stream, for a reconnect. `superseded` when the epoch has moved on. */
  'seat.push': { input: { roomId: string; seat: number; epoch: number }; output: SeatGrant }
  /**
   * The holder is alive. `room` and `play` are null while the caller's version is current. `pushing`: his phone knows that
   * his picture is on; that counts where nobody else tells so (`trtc`).
   */
  'seat.beat': {
    input: { roomId: string; seat: number; epoch: number; version: number; pushing?: boolean }
    output: { room: RoomView | null; counts: RoomCounts; play: StagePlay[] | null }
  }
  /**
   * The holder tells what he has turned off himself. In a call also whether he asks to speak (`hand`; raising a raised hand
   * keeps its place) and is on hold (`away`); absent: as before. All of it ends with his time on the seat, hand and hold
   * with its epoch as well. Elsewhere a raised hand or a hold is refused with `forbidden`: there one asks for a seat.
   */
  'seat.device': {
    input: { roomId: string; micOff: boolean; cameraOff: boolean; hand?: boolean; away?: boolean }
    output: { room: RoomView }
  }
  /** The holder goes. Safe to repeat. */
  'seat.leave': { input: { roomId: string }; output: { left: boolean } }
  /** The anchor or an admin frees a seat; its stream is forbidden. Safe to repeat. */
  'seat.kick': { input: { roomId: string; userId: string }; output: { room: RoomView } }
  /** The anchor or an admin turns a seat's microphone or camera off, or lets its holder decide again. */
  'seat.quiet': { input: { roomId: string; seat: number; mic: boolean; camera: boolean }; output: { room: RoomView } }
  /** The anchor or an admin lowers the hand of this person, in a call. Safe to repeat. */
  'seat.hand': { input: { roomId: string; userId: string }; output: { room: RoomView } }
  /** The anchor or an admin closes a free seat, or opens it again. */
  'seat.lock': { input: { roomId: string; seat: number; locked: boolean }; output: { room: RoomView } }
}
