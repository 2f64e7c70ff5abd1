/** A finger on the screen, px. */
export interface Point {
  readonly clientX: number
  readonly clientY: number
}

/** A finger that went less far did not mean to turn a page (px). */
const FAR = 48

/** A finger that went this far (px) does not tap. */
const DRAG = 8

export const isFar = (from: Point, to: Point): boolean =>
  Math.hypot(to.clientX - from.clientX, to.clientY - from.clientY) >= DRAG

/** To which page a finger turns: the next one (1) by a move to the left, the one before (-1), or none (0). */
export function swipeOf(from: Point, to: Point): -1 | 0 | 1 {
  const [right, down] = [to.clientX - from.clientX, to.clientY - from.clientY]
  if (Math.abs(right) < FAR || Math.abs(right) < 2 * Math.abs(down)) return 0
  return right < 0 ? 1 : -1
}
