import type { CoverId } from './limits'
import type { RoomCounts, RoomSummary, RoomView, ShowSummary, User } from './room'

/** How to reach the messenger, chosen by the server. Only for the caller, and expiring. */
export type ChatCredentials =
  | { kind: 'local'; url: string; userId: string; userSig: string; expiresInMs: number }
  | { kind: 'tim'; sdkAppId: number; userId: string; userSig: string; expiresInMs: number }

/** A push URL, valid for one user, one room and one stream. Ask again rather than keep it. */
export interface PushGrant {
  url: string
  expiresInMs: number
}

/** Addresses for watching. Which of them exist depends on the streaming cloud. */
export interface PlayUrls {
  /** HTTP-FLV, for `<live-player mode="live">`. */
  flv: string
  /** HLS, for share pages and browsers. */
  hls: string
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

/**
 * Every action of the `room` and `web-room` doors: what goes in, what comes out.
 * The request is one flat object `{ action, ...input }`; the answer is `Reply<output>`.
 */
export interface Actions {
  /** Who am I, and have I left a show running? */
  login: { input: Record<never, never>; output: { me: User; openRoom: RoomSummary | null; settings: Settings } }
  /** Chooses the display name. */
  profile: { input: { name: string }; output: { me: User } }
  /** Open rooms that have had a picture, newest first. `cursor` is opaque; absent means the first page. */
  list: { input: { cursor?: string; limit?: number }; output: { rooms: RoomSummary[]; nextCursor: string | null } }
  /** Opens a room and signs its push URL. The same `requestId` again gives the same room, so a retry is safe. */
  create: { input: { title: string; cover: CoverId; requestId: string }; output: Entered & { push: PushGrant } }
  /** The anchor comes back, here or on another device: a new epoch and a new stream; the old one is forbidden. */
  resume: { input: { roomId: string }; output: Entered & { push: PushGrant } }
  /** A freshly signed URL for the same stream, for a reconnect. `superseded` when the epoch has moved on. */
  push: { input: { roomId: string; epoch: number }; output: { push: PushGrant } }
  /** The anchor is alive. `room` is null while the caller's version is current. */
  beat: {
    input: { roomId: string; epoch: number; version: number }
    output: { room: RoomView | null; counts: RoomCounts }
  }
  /** A viewer comes in: everything for the first frame in one call. */
  enter: { input: { roomId: string }; output: Entered & { play: PlayUrls } }
  /** The truth, for a viewer: `room` is null while the caller's version is current. */
  sync: {
    input: { roomId: string; version: number }
    output: { room: RoomView | null; counts: RoomCounts; play: PlayUrls }
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
