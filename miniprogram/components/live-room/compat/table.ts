import type { LiveRoomEvents } from '../events'
import type { LiveRoomMethods } from '../methods'
import type { props } from '../props'

/**
 * The names under which pages written for Tencent's component of 2018 and 2020 know ours. This is the one place that lists
 * them; the migration table in the documents is made from it. Documents and code of that time disagreed with each other,
 * so there are several for most.
 */

/** Older name of a property -> ours. Of several that are set, ours counts first, then the earlier one here. */
export const PROPERTIES = {
  /** As documented. */
  roomID: 'roomId',
  roomid: 'roomId',
  roomInfo: 'roomName',
  roomname: 'roomName',
  pureaudio: 'pureAudio',
} as const satisfies Record<string, keyof typeof props>

/** Older value of `role` -> ours. */
export const ROLES = { presenter: 'anchor', caster: 'anchor' } as const

/** Older name of a method -> ours. */
export const METHODS = {
  requestJoinPusher: 'requestLink',
  /** Misspelt in the code of 2018 (M99). */
  requestJionPusher: 'requestLink',
  requestJoinAnchor: 'requestLink',
  respondJoinReq: 'respondLink',
  respondJoinAnchor: 'respondLink',
  kickoutSubPusher: 'kick',
  kickoutJoinAnchor: 'kick',
  quitLink: 'leaveLink',
  sendTextMsg: 'sendText',
  toggleMuted: 'setMuted',
  toggleBeauty: 'beauty',
  toggleDebug: 'debug',
} as const satisfies Record<string, keyof LiveRoomMethods | keyof typeof props>

export type OldMethod = keyof typeof METHODS

/** Both names under which an older page listens for all that happens (M100). */
export const EVENTS = ['RoomEvent', 'onRoomEvent'] as const

/** What an older page is told: its tags (2018's first), its code, and the event of ours that it follows from. */
export const TAGS = {
  created: { tags: ['created'], code: 0, from: 'created' },
  request: { tags: ['joinPusher', 'requestJoinAnchor'], code: 0, from: 'requests' },
  linkOn: { tags: ['LinkOn', 'linkOn'], code: 0, from: 'link' },
  linkOut: { tags: ['LinkOut', 'linkOut'], code: 0, from: 'link' },
  text: { tags: ['recvTextMsg'], code: 0, from: 'text' },
  closed: { tags: ['roomClosed'], code: -9006, from: 'ended' },
  linkFailed: { tags: ['error'], code: -9004, from: 'link' },
  textFailed: { tags: ['error'], code: -9005, from: 'text' },
  /** The code is the fault's own: see `codes.ts`. */
  failed: { tags: ['error'], code: null, from: 'error' },
} as const satisfies Record<string, { tags: readonly string[]; code: number | null; from: keyof LiveRoomEvents }>
