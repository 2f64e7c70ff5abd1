/** Limits that both sides know: the client to help the user, the server to refuse. Lengths are in code points. */
export const LIMITS = {
  /** Title of a room, after trimming: 1 to 40. */
  titleMax: 40,
  /** A person's display name, after trimming: 1 to 20. */
  nameMax: 20,
  /** One barrage line, after trimming: 1 to 200. */
  barrageMax: 200,
  /** Likes in one call; the client sends at most one call a second. */
  likesPerCall: 50,
  /** Rooms in one page of the list. */
  listPageMax: 50,
  listPageDefault: 20,
} as const

/** Length as a person counts it: code points, so that an emoji of one code point is one. */
export const lengthOf = (text: string): number => Array.from(text).length

/** Cover colours of a room, by name; the client owns what each one looks like. */
export const COVERS = ['coral', 'amber', 'jade', 'ocean', 'violet', 'graphite'] as const
export type CoverId = (typeof COVERS)[number]
