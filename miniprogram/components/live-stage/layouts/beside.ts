import { areaOf, type Box, cells, cut, fitted, insideOf, isWide, type Layout, spread, wholeOf } from './frame'

/** Rows that a strip has at least, so that one person in it has no tall slit of a picture. */
const ROWS = 3

/** Pictures in a strip beside the main person: one column of up to four, else two. */
function strip(box: Box, others: number): Box[] {
  const columns = others > 4 ? 2 : 1
  return cells(box, columns, Math.max(ROWS, Math.ceil(others / columns))).slice(0, others)
}

/** The main person, and the others in a strip at his right that takes `share` of the width (40 % for more than four). */
export function besides(area: Box, people: number, share: number): Box[] {
  const others = people - 1
  const [main, rest] = cut(area, 'left', area.width * (1 - (others > 4 ? Math.max(share, 0.4) : share)))
  return [main, ...strip(rest, others)]
}

/** Alone: all of the stage, or what `ratio` (height to width) leaves of it. Otherwise the others at the right. */
export const beside =
  ({ ratio, share, alone }: { ratio: number; share: number; alone: 'whole' | 'fitted' }): Layout =>
  (people, frame) => {
    const area = people === 1 ? insideOf(frame) : areaOf(frame)
    if (people === 1) return [alone === 'whole' ? wholeOf(frame) : isWide(area) ? area : fitted(area, ratio)]
    return besides(spread(area, ratio), people, isWide(area) ? share * 0.75 : share)
  }

/** For phones: a high picture, and a column of three at its right. */
export const vertical1v3 = beside({ ratio: 1.2307, share: 0.3077, alone: 'whole' })
/** One at the left, three at the right. */
export const left1right3 = beside({ ratio: 0.75, share: 0.25, alone: 'fitted' })
