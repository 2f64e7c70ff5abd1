import { areaOf, type Box, cells, cut, type Layout, loosened, spread, wholeOf } from './frame'

/** What a picture in a grid should look like, width to height. */
const CELL = 0.75

/** How many columns make cells that come nearest to 3:4 with the fewest left empty. */
function columnsOf({ width, height }: Box, people: number): number {
  let best = 1
  let least = Number.POSITIVE_INFINITY
  for (let columns = 1; columns <= people; columns++) {
    const rows = Math.ceil(people / columns)
    const empty = columns * rows - people
    if (empty > rows) continue
    const odd = Math.abs(Math.log(width / columns / (height / rows) / CELL)) + empty * 0.12
    if (odd < least) [least, best] = [odd, columns]
  }
  return best
}

/** The same room for everybody, row by row and without a gap. Where it does not come out even, the upper rows have one less. */
function rowsOf(box: Box, people: number, columns: number): Box[] {
  const rows = Math.ceil(people / columns)
  const short = columns * rows - people
  const [upper, lower] = cut(box, 'top', (box.height * short) / rows)
  return [
    ...(short > 0 ? cells(upper, columns - 1, short) : []),
    ...(short < rows ? cells(lower, columns, rows - short) : []),
  ]
}

/** Pictures that touch, no higher together than a picture from a phone. */
export const grid: Layout = (people, frame) => {
  if (people === 1) return [wholeOf(frame)]
  const box = spread(areaOf(frame), 4 / 3)
  return rowsOf(box, people, columnsOf(box, people))
}

/** How far the oddest of these pictures is from a square. Phones send standing pictures, computers lying ones. */
const oddest = (boxes: readonly Box[]): number =>
  Math.max(...boxes.map(({ width, height }) => Math.abs(Math.log(width / height))))

function leastOdd(box: Box, people: number): Box[] {
  const ways = Array.from({ length: people }, (_, i) => i + 1)
    // A row has at most one less than another one.
    .filter((columns) => columns * Math.ceil(people / columns) - people <= Math.ceil(people / columns))
    .map((columns) => rowsOf(box, people, columns))
  return ways.reduce((best, way) => (oddest(way) < oddest(best) ? way : best))
}

/** For calls: all of what is free, a little apart, in the rows and columns that cut least off the pictures. */
export const mosaic: Layout = (people, frame) =>
  people === 1 ? [wholeOf(frame)] : loosened(areaOf(frame), (box) => leastOdd(box, people))
