import type { RtcRoomEvents } from '../events'
import type { RtcRoomMethods } from '../methods'
import type { props } from '../props'

/**
 * The names under which pages written for Tencent's component of 2018 and 2020 know ours. This is the one place that lists
 * them; the migration table in the documents is made from it.
 */

/** Older name of a property -> ours. */
export const PROPERTIES = {
  roomID: 'roomId',
  roomid: 'roomId',
  roomInfo: 'roomName',
  roomname: 'roomName',
} as const satisfies Record<string, keyof typeof props>

/** Older name of a method -> ours. */
export const METHODS = {
  sendTextMsg: 'sendText',
  toggleMuted: 'setMuted',
  toggleDebug: 'debug',
} as const satisfies Record<string, keyof RtcRoomMethods | keyof typeof props>

/** Both names under which an older page listens for all that happens (M100). */
export const EVENTS = ['onRoomEvent', 'RoomEvent'] as const

/** What an older page is told: its tags, its code, and the event of ours that it follows from. */
export const TAGS = {
  closed: { tags: ['roomClosed'], code: 0, from: 'ended' },
  text: { tags: ['recvTextMsg'], code: 0, from: 'text' },
  /** The code is the fault's own: see `codes.ts`. */
  failed: { tags: ['error'], code: null, from: 'error' },
} as const satisfies Record<string, { tags: readonly string[]; code: number | null; from: keyof RtcRoomEvents }>
