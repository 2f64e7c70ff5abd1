import type { CoverId } from './limits'

/** `idle -> live <-> interrupted -> closed`; `idle` and `interrupted` end in `closed` when nobody (re)starts in time. */
export type RoomState = 'idle' | 'live' | 'interrupted' | 'closed'

/**
 * `live`: one anchor, people on stage beside him, any number who watch. `call`: two to six people, all on stage.
 * `event`: one official stream, pushed from outside, whose page lasts before, during and after the show.
 */
export type RoomKind = 'live' | 'call' | 'event'

/** Why a room is interrupted or closed. */
export type RoomReason =
  | 'stream-ended' // the streaming cloud lost the stream (callback 0)
  | 'heartbeat-lost' // the anchor's lease ran out
  | 'ended-by-anchor'
  | 'grace-over' // interrupted, and the anchor did not come back in time
  | 'never-started' // created, and nobody pushed in time
  | 'owner-left' // a call that ends with the person who opened it
  | 'empty' // a call that everybody has left
  | 'ended-by-operator'

/** A person as others see them. `userId` is an HMAC of the OPENID: stable, and says nothing about it. */
export interface User {
  userId: string
  /** Empty until the user has chosen one; the client shows a neutral placeholder. */
  name: string
}

/** One seat of a stage. The anchor of a live room sits on none: he is the room. */
export interface SeatView {
  /** 1 to the number of seats. */
  seat: number
  /** Who holds it, or null. */
  user: User | null
  /** `held`: given, and not pushing yet; `on`: pushing. */
  state: 'free' | 'held' | 'on'
  /** Nobody may be given a locked seat. */
  locked: boolean
  /** Off because its holder, or the anchor, wants so. The anchor's word wins: see `quieted`. */
  micOff: boolean
  cameraOff: boolean
  /** What the anchor has turned off; its holder cannot turn it on again. */
  quieted: { mic: boolean; camera: boolean }
  /** In a call: since when (server time, ms) he asks to speak, who is first in time being first; null: he does not. */
  handAt: number | null
  /** In a call: on hold, that is in it and neither heard nor seen. */
  away: boolean
  /** Grows whenever the seat's stream changes. */
  epoch: number
  /** Time left (ms) until a seat that is `held` is free again; null otherwise. */
  endsInMs: number | null
}

/** Another live show beside this one. */
export interface PkView {
  pkId: string
  /** `invited`: this room waits for the rival's word; `asked`: the rival waits for this room's. */
  state: 'invited' | 'asked' | 'on'
  rival: { roomId: string; title: string; anchor: User }
  /** Server time (ms) of the beginning, or null before it. */
  startedAt: number | null
  /** Time left (ms) until the invitation or the PK ends by itself. */
  endsInMs: number
}

/** The structure of a room: what `version` counts. Likes and viewers are not part of it. */
export interface RoomView {
  roomId: string
  kind: RoomKind
  title: string
  cover: CoverId
  /** A picture in the cloud's storage, as WeChat shows it by its file id (`cloud://...`); null for the colour alone. */
  coverFile: string | null
  /** What the anchor wants everybody to read, or ''. */
  notice: string
  tags: string[]
  /** The person who opened the room. */
  anchor: User
  /** Who else may keep order here: user ids, named by the anchor. */
  admins: string[]
  /** Only the anchor and the admins may write. */
  muteAll: boolean
  /** Every seat, by number; empty in a room without a stage. */
  seats: SeatView[]
  /** Those who watch see one mixed picture of the stage. */
  mixed: boolean
  /** A few viewers may ask for a picture without delay (`enter`). */
  lowLatency: boolean
  /** The anchor's camera is off: he is heard, and not seen. Seats have a word of their own. */
  cameraOff: boolean
  /** The show is being recorded; of a call: it is, or will be as soon as somebody pushes. */
  recording: boolean
  pk: PkView | null
  /** When an event is to begin (server time, ms); null where nothing was announced. */
  opensAt: number | null
  state: RoomState
  reason: RoomReason | null
  /** Grows by one with every change of structure. A client that sees a gap asks for the truth. */
  version: number
  /** Grows when the anchor takes the room to another device or process; the stream changes with it. */
  epoch: number
  createdAt: number
  /** Server time (ms) of the first picture, or null before it. */
  startedAt: number | null
  /** Time left (ms) until the server closes an idle or interrupted room; null otherwise. */
  closesInMs: number | null
}

export interface RoomCounts {
  viewers: number
  likes: number
  totalViewers: number
  peakViewers: number
  /** Likes since the PK began, of this room and of its rival; null outside of a PK. */
  pk: { own: number; rival: number } | null
}

/** A row of the room list. */
export interface RoomSummary {
  room: RoomView
  counts: RoomCounts
}

/** The figures of the closing card. */
export interface ShowSummary {
  durationMs: number
  totalViewers: number
  peakViewers: number
  likes: number
}
