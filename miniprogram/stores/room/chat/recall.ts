import type { HistoryLine } from '../../../protocol/order'

/** The same words of the same person this near (ms) to each other are the same line. */
const SAME_MS = 10_000
/** A line of the history may still come from the group for so long (ms) after it. */
const LATE_MS = 5000
/** More than this has not been said while the history was asked for. */
const SIZE = 200

type Said = Pick<HistoryLine, 'userId' | 'text' | 'at'>

/** Takes out the one that is the same line, if there is one. */
function taken(from: Said[], { userId, text, at }: Said): boolean {
  const i = from.findIndex((s) => s.userId === userId && s.text === text && Math.abs(s.at - at) < SAME_MS)
  if (i >= 0) from.splice(i, 1)
  return i >= 0
}

/** Keeps the history and the group from telling the same line twice: neither has a number that the other knows. */
export class Recall {
  /** What came from the group before the history; null once it is there. */
  private heard: Said[] | null = []
  /** What the history told, and until when it counts. */
  private told: Said[] = []
  private toldUntil = 0

  /** A line from the group. True when the history has told it already. */
  repeats(said: Said): boolean {
    if (!this.heard) return said.at < this.toldUntil && taken(this.told, said)
    if (this.heard.length < SIZE) this.heard.push(said)
    return false
  }

  /** Lines of the history that have not come from the group meanwhile. `now`: server time. */
  without(history: readonly HistoryLine[], now: number): HistoryLine[] {
    const heard = this.heard ?? []
    const left = history.filter((line) => !taken(heard, line))
    this.heard = null
    this.told = [...left]
    this.toldUntil = now + LATE_MS
    return left
  }
}
