/** A line takes so long (ms) from one edge of the screen to the other, however long it is: longer ones fly faster. */
const CROSSING_MS = 8000
/** Two lines in one track are never nearer to each other than this, px. */
export const GAP = 28

/** Somebody's place in a track: it enters at the right edge at `at` (ms) and moves left. */
export interface Place {
  track: number
  at: number
  width: number
  /** px per ms. */
  speed: number
}

/** The left end of a line at `now`. */
export const leftOf = ({ at, speed }: Place, screen: number, now: number): number => screen - speed * (now - at)

/** Its right end has left the screen. */
export const isGone = (place: Place, screen: number, now: number): boolean =>
  leftOf(place, screen, now) + place.width < 0

/**
 * Which track is free for a line. A line enters only when the one before it has come in as a whole and is gone before it
 * could be caught up with: both move steadily, so it is enough that they are apart now and when the first one leaves.
 */
export class Tracks {
  private readonly last: (Place | undefined)[] = []

  constructor(
    readonly count: number,
    /** px */
    readonly screen: number,
  ) {}

  /** A place for a line of this width (px), from `now` on; null while there is none. */
  place(width: number, now: number): Place | null {
    const speed = (this.screen + width) / CROSSING_MS
    for (let track = 0; track < this.count; track++) {
      const before = this.last[track]
      if (before && !this.follows(before, speed, now)) continue
      const place = { track, at: now, width, speed }
      this.last[track] = place
      return place
    }
    return null
  }

  private follows(before: Place, speed: number, now: number): boolean {
    const tail = leftOf(before, this.screen, now) + before.width
    if (tail > this.screen - GAP) return false
    const leaves = Math.max(tail, 0) / before.speed
    return this.screen - speed * leaves >= GAP
  }
}
