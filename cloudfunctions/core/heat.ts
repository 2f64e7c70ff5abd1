/** A show that began this much later ranks as one with twice as many people. */
const DOUBLING_MS = 2 * 3_600_000
/** Steps of a doubling: a room moves in the list when its people grew or shrank by about a fifth. */
const STEPS = 4

/**
 * How hot a room is. The age is an addend of the start, so a score stands until the counts change: nobody has to cool rooms
 * down, and the order of two rooms at rest never changes.
 */
const scoreOf = ({ viewers, likes }: { viewers: number; likes: number }, since: number): number =>
  STEPS * (Math.log2(1 + viewers + likes / 100) + since / DOUBLING_MS)

const HOT_KEY = /^(\d{9})-/

/** Where a room stands in the list by heat: by its score, then as `listKey` says. `since`: its start, in ms. */
export const hotKeyOf = (counts: { viewers: number; likes: number }, since: number, listKey: string): string =>
  `${String(Math.round(scoreOf(counts, since))).padStart(9, '0')}-${listKey}`

/** The new place of a room whose counts have changed so much that it should move, or null. */
export function movedTo(
  room: { viewers: number; likes: number; hotKey: string },
  since: number,
  listKey: string,
): string | null {
  const [, held = '0'] = HOT_KEY.exec(room.hotKey) ?? []
  // A whole step away: a count that swings around the border of two steps moves nothing.
  return Math.abs(scoreOf(room, since) - Number(held)) > 1 ? hotKeyOf(room, since, listKey) : null
}
