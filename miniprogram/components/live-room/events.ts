import type { RoomReason, ShowSummary } from '../../protocol/room'
import type { LinkEnd, LinkState } from '../../stores/live-room/link/types'
import type { Phase } from '../../stores/live-room/live-room'
import type { FaultCode, Remedy } from '../../stores/room/fault'

/** Somebody on stage. */
export interface PersonOnStage {
  userId: string
  name: string
  /** 0: the anchor. */
  seat: number
  me: boolean
  /** `held`: was given the seat, and is not seen yet. */
  state: 'held' | 'on'
  micOff: boolean
  cameraOff: boolean
}

/** Somebody waits for an answer. */
export interface LinkRequest {
  linkId: string
  userId: string
  name: string
  /** Local time (ms) at which it is over by itself. */
  endsAt: number
}

/** Events of `<live-room>` and their `detail`. Every one carries the room id once there is one (M105). */
export interface LiveRoomEvents {
  /** The component can be talked to: its methods work from now on. It says nothing about a room. */
  ready: { roomId: string }
  /** The anchor's room is open, and its id is known. Viewers see something only with `state` `on-air`. Not fired when he goes on with an open show. */
  created: { roomId: string }
  /** This phone draws its media tags over everything; the component has put plain controls above them. */
  rendererror: { roomId: string }
  /** The room is known, or its title or its anchor's name is another one: what a page needs to share it. */
  room: { roomId: string; title: string; anchorName: string }
  /** A new phase of the show, as this phone sees it. `interrupted` and `suspended` are not the end: the component goes on by itself. */
  state: { roomId: string; phase: Phase }
  /** People and likes, whenever the server tells other numbers; not with every tap of one's own. */
  counts: { roomId: string; viewers: number; likes: number; totalViewers: number; peakViewers: number }
  /** Who is on stage, whenever that or what they have turned off changes; the anchor first, then by seat. */
  people: { roomId: string; people: PersonOnStage[] }
  /**
   * A line of the chat, one's own included. Again with the same `id` and `failed` when one's own was not delivered. Of a
   * flood, and of what was said while the page was hidden, only the newest lines are told; what was said before one came in, never.
   */
  text: { roomId: string; id: string; userId: string; name: string; text: string; mine: boolean; failed: boolean }
  /** What `sendCustom` of anybody here has sent, one's own at once; at most thirty a second. Any client may be at the other end: check `data`. */
  custom: { roomId: string; tag: string; data: unknown; userId: string; name: string; mine: boolean }
  /**
   * Viewer: the next step on the way to the stage, or its end. `why` comes with `off` when it was not this user's own wish,
   * `reason` with the anchor's words. `held` wants `confirmLink()`, which the component's own panel asks for.
   */
  link: {
    roomId: string
    phase: LinkState['phase']
    linkId: string
    seat: number
    /** Local time (ms) at which this step is over by itself; 0: it is not. */
    endsAt: number
    why: LinkEnd | ''
    reason: string
  }
  /** Anchor, and those who keep order: everybody who waits for a seat, longest first, whenever that changes. Answer with `respondLink`. */
  requests: { roomId: string; requests: LinkRequest[] }
  /**
   * The show is over. `reason` is null when nobody told why, `summary` when its figures could not be learnt. Not fired after
   * a fatal `error`.
   */
  ended: { roomId: string; reason: RoomReason | null; summary: ShowSummary | null }
  /**
   * Something went wrong. Only a fatal fault ended the room; after any other the component goes on, or offers what `remedy`
   * says (`retry()`, `openSettings()`). The component has told the user either way, unless its chrome is off; `title` and
   * `advice` are words for him. `during`: on the way to or on the stage, or else.
   */
  error: {
    roomId: string
    code: FaultCode
    fatal: boolean
    remedy: Remedy
    title: string
    advice: string
    during: 'show' | 'link'
  }
  /** A still picture was taken: a temporary file, and its size in px (0 when the platform does not say). */
  snapshot: { roomId: string; path: string; width: number; height: number }
  /** The user wants to report somebody: to whom, and how, is the page's business. */
  report: { roomId: string; userId: string; name: string }
  /** The user wants to leave the page: go back. Whether the show goes on is told by the other events. */
  exit: { roomId: string }
}
