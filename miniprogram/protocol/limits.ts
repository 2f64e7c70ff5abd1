/** Limits that both sides know: the client to help the user, the server to refuse. Lengths are in code points. */
export const LIMITS = {
  /** Title of a room, after trimming: 1 to 40. */
  titleMax: 40,
  /** A person's display name, after trimming: 1 to 20. */
  nameMax: 20,
  /** One barrage line, after trimming: 1 to 200. */
  barrageMax: 200,
  /** Name of a custom message: 1 to 32 of `a-z 0-9 . _ -`. */
  customTagMax: 32,
  /** Content of a custom message as JSON, in bytes. */
  customBytes: 1024,
  /** Likes in one call; the client sends at most one call a second. */
  likesPerCall: 50,
  /** Rooms in one page of the list. */
  listPageMax: 50,
  listPageDefault: 20,
  /** What the anchor wants everybody to read: at most 200. */
  noticeMax: 200,
  /** Tags of a room, and the length of one. */
  tagsMax: 5,
  tagMax: 12,
  /** Seats beside the anchor of a live room. */
  liveSeatsDefault: 3,
  liveSeatsMax: 8,
  /** People in a call, all of them on seats. */
  callSeatsMin: 2,
  callSeatsMax: 6,
  callSeatsDefault: 6,
  /** Viewers with a low-latency picture, where a room offers it. */
  lowLatencyMax: 10,
  /** People who wait for a seat or for an answer to an invitation. */
  linkQueueMax: 50,
  /** Admins of one room. */
  adminsMax: 10,
  /** Longest time that one person is muted, in seconds: 30 days. */
  muteMaxS: 2_592_000,
  /** Lines of the chat that a newcomer is given. */
  historyMax: 50,
  /** Why a request for a seat is refused: at most 60. */
  reasonMax: 60,
  /** What a caller says it is about: at most 80. */
  ringNoteMax: 80,
  /** Rings of one caller at a time. */
  ringsMax: 5,
  /** Those who wait in a queue, as its agents are shown. */
  queueShown: 50,
  /** Agents of one queue. */
  agentsMax: 200,
} as const

/** Length as a person counts it: code points, so that an emoji of one code point is one. */
export const lengthOf = (text: string): number => Array.from(text).length

/** Name of a custom message. */
export const CUSTOM_TAG = /^[a-z0-9._-]{1,32}$/

/** Length of a text in UTF-8 bytes; the mini program has no TextEncoder everywhere. */
export function bytesOf(text: string): number {
  let bytes = 0
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
  }
  return bytes
}

/** Cover colours of a room, by name; the client owns what each one looks like. */
export const COVERS = ['coral', 'amber', 'jade', 'ocean', 'violet', 'graphite'] as const
export type CoverId = (typeof COVERS)[number]
