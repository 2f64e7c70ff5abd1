import type { CoverId } from './limits'
import type { LinkActions, LinkTicket, PushGrant, SeatGrant, StagePlay } from './link'
import type { OrderActions } from './order'
import type { PkActions } from './pk'
import type { RecordingActions } from './recording'
import type { RingActions, RingTarget, RingView } from './ring'
import type { RoomCounts, RoomKind, RoomSummary, RoomView, ShowSummary, User } from './room'

export type { PushGrant }

/** How to reach the messenger, chosen by the server. Only for the caller, and expiring. */
export type ChatCredentials =
  | { kind: 'local'; url: string; userId: string; userSig: string; expiresInMs: number }
  /** `admin` is the account in whose name the server speaks. */
  | { kind: 'tim'; sdkAppId: number; admin: string; userId: string; userSig: string; expiresInMs: number }

/** Addresses for watching. Which of them exist depends on the streaming cloud. */
export interface PlayUrls {
  /** HTTP-FLV, for `<live-player mode="live">`. */
  flv: string
  /** HLS, for share pages and browsers. */
  hls: string
  /** `webrtc://`, for players that speak it; null where the play domain does not. */
  webrtc: string | null
}

/** What a viewer plays: the mixed picture while there is one, else the anchor's. */
export interface ViewerPlay extends PlayUrls {
  /** The rival's picture during a PK: for who sees no mix, which shows it already. */
  rival: PlayUrls | null
  /** The low-latency picture, where the caller asked for it and got one of the few places. */
  lowLatency: StagePlay | null
}

/** Rhythms that the operator sets and the client follows. */
export interface Settings {
  /** The anchor beats this often. */
  heartbeatMs: number
  /** A viewer asks for the truth this often, with jitter. */
  pollMs: number
}

interface Entered {
  room: RoomView
  counts: RoomCounts
  chat: ChatCredentials
  me: User
  settings: Settings
}

interface Shown {
  play: ViewerPlay
  invitation: LinkTicket | null
}

/**
 * Every action of the `room` and `web-room` doors: what goes in, what comes out.
 * The request is one flat object `{ action, ...input }`; the answer is `Reply<output>`.
 */
export interface Actions extends LinkActions, OrderActions, RecordingActions, PkActions, RingActions {
  /** Who am I, and have I left a show running? With `chat` the messenger hears, outside of any room, what is for the caller. */
  login: {
    input: Record<never, never>
    output: { me: User; openRoom: RoomSummary | null; chat: ChatCredentials; settings: Settings }
  }
  /** Chooses the display name. */
  profile: { input: { name: string }; output: { me: User } }
  /**
   * Rooms of one kind (`live` when absent): live rooms that have had a picture, calls, and events. `state`: `open` (when
   * absent) is all that is not over; `live` what is on now or interrupted; `upcoming` and `ended` are events only, the next
   * and the last one first. `order`: `newest` (when absent), or `hottest` by a score that the sweeper refreshes. `cursor`
   * is opaque and good for the same query; absent means the first page.
   */
  list: {
    input: {
      kind?: RoomKind
      state?: 'open' | 'live' | 'upcoming' | 'ended'
      order?: 'newest' | 'hottest'
      cursor?: string
      limit?: number
    }
    output: { rooms: RoomSummary[]; nextCursor: string | null }
  }
  /**
   * Opens a room and signs its push URL. The same `requestId` again gives the same room, so a retry is safe.
   * A call seats the caller on seat 1, and `push` is that seat's. `seats`: places on stage beside the anchor (live), or
   * people (call). `record`: of a call, that everybody who comes in is asked first. `lowLatency`: places for low-latency
   * viewers. `endsWithOwner`: a call that ends when he leaves. `ring`: a call that rings somebody up at once, as
   * `call.invite` does, and that no list shows.
   */
  create: {
    input: {
      title: string
      cover: CoverId
      requestId: string
      kind?: 'live' | 'call'
      coverFile?: string
      notice?: string
      tags?: string[]
      seats?: number
      lowLatency?: number
      record?: boolean
      endsWithOwner?: boolean
      ring?: { to: RingTarget; note?: string }
    }
    output: Entered & { push: PushGrant; seat: SeatGrant | null; ring: RingView | null }
  }
  /** The anchor or an admin changes what the list and the page show. What is absent stays. */
  update: {
    input: { roomId: string; title?: string; cover?: CoverId; coverFile?: string; notice?: string; tags?: string[] }
    output: { room: RoomView }
  }
  /** The anchor comes back, here or on another device: a new epoch and a new stream; the old one is forbidden. */
  resume: { input: { roomId: string }; output: Entered & { push: PushGrant; seat: SeatGrant | null } }
  /** A freshly signed URL for the same stream, for a reconnect. `superseded` when the epoch has moved on. */
  push: { input: { roomId: string; epoch: number }; output: { push: PushGrant } }
  /**
   * The anchor is alive. `room` and `play` are null while the caller's version is current; `links` is everybody who waits.
   * `cameraOff`: whether he has turned his camera off; absent: nothing new.
   */
  beat: {
    input: { roomId: string; epoch: number; version: number; cameraOff?: boolean }
    output: { room: RoomView | null; counts: RoomCounts; play: StagePlay[] | null; links: LinkTicket[] }
  }
  /**
   * A viewer comes in: everything for the first frame in one call. Into a call he comes as one of those who speak: `seat`
   * is his, and coming again takes his own place anew. In other rooms it is null; who still holds a seat there finds it in
   * `room.seats` and calls `seat.take`. `lowLatency`: true asks for one of those places, false gives one's own up.
   * `consent`: he agrees to be recorded; who does not is refused a call that is, with `consent-needed`, before anybody hears
   * of him. `invitation`: to come on stage, and not answered yet. `mutedForMs`: how long he may not write here; 0: he may.
   */
  enter: {
    input: { roomId: string; lowLatency?: boolean; consent?: boolean }
    output: Entered & Shown & { seat: SeatGrant | null; mutedForMs: number }
  }
  /** The truth, for a viewer: `room` is null while the caller's version is current. */
  sync: {
    input: { roomId: string; version: number }
    output: { room: RoomView | null; counts: RoomCounts } & Shown
  }
  /** A viewer goes. Safe to repeat. */
  leave: { input: { roomId: string }; output: { left: boolean } }
  /** Adds `count` likes (1 to LIMITS.likesPerCall). */
  like: { input: { roomId: string; count: number }; output: { counts: RoomCounts } }
  /** The anchor ends the show. Safe to repeat. */
  close: { input: { roomId: string }; output: { room: RoomView; summary: ShowSummary } }
}

export type ActionName = keyof Actions
export type Input<A extends ActionName> = Actions[A]['input']
export type Output<A extends ActionName> = Actions[A]['output']
/** What travels: `{ action, ...input }`. */
export type Request<A extends ActionName = ActionName> = { [K in A]: { action: K } & Input<K> }[A]
