import type { ShowSummary } from '../../protocol/room'
import type { FaultCode } from '../../stores/live-room/fault'
import type { LinkEnd, LinkState } from '../../stores/live-room/link/types'
import type { Phase } from '../../stores/live-room/live-room'

/** Events of `<live-room>` and their `detail`. Every one carries the room id once there is one (M105). */
export interface LiveRoomEvents {
  /** The component can be talked to. */
  ready: { roomId: string }
  /** The anchor's room is open. */
  created: { roomId: string }
  /** This phone draws its media tags over everything; the component has put plain controls above them. */
  rendererror: { roomId: string }
  /** The room is known, or its title or its anchor's name is another one: what a page needs to share it. */
  room: { roomId: string; title: string; anchorName: string }
  /** A new phase of the show. */
  state: { roomId: string; phase: Phase }
  /** The show is over. `summary` is null when its figures could not be learnt. */
  ended: { roomId: string; summary: ShowSummary | null }
  /** Something went wrong. Only a fatal fault ended the room; the component has told the user either way. */
  error: { roomId: string; code: FaultCode; fatal: boolean; title: string; advice: string }
  /**
   * Where this viewer stands on his way to the stage. With `off`, `why` says how it ended (empty: he went himself), and
   * `reason` has the anchor's words.
   */
  link: { roomId: string; phase: LinkState['phase']; why: LinkEnd | ''; reason: string }
  /** To those who decide: how many ask to come on stage. */
  requests: { roomId: string; count: number }
  /** A still picture was taken: a temporary file, and its size in px (0 when the platform does not say). */
  snapshot: { roomId: string; path: string; width: number; height: number }
  /** The user wants to report somebody: to whom, and how, is the page's business. */
  report: { roomId: string; userId: string; name: string }
  /** The user wants to leave the page. */
  exit: { roomId: string }
}
