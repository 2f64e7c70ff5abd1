import { areaOf, type Box, cells, cut, type Layout, spread, wholeOf } from './frame'

/** What a picture in a grid should look like, width to height. */
const CELL = 0.75

/** Rows and columns whose cells come nearest to 3:4 with the fewest left empty. */
function shapeOf({ width, height }: Box, people: number): { columns: number; rows: number } {
  let best = { columns: 1, rows: people }
  let least = Number.POSITIVE_INFINITY
  for (let columns = 1; columns <= people; columns++) {
    const rows = Math.ceil(people / columns)
    const empty = columns * rows - people
    if (empty > rows) continue
    const odd = Math.abs(Math.log(width / columns / (height / rows) / CELL)) + empty * 0.12
    if (odd < least) [least, best] = [odd, { columns, rows }]
  }
  return best
}

/** The same room for everybody, row by row and without a gap. Where it does not come out even, the upper rows have one less. */
export const grid: Layout = (people, frame) => {
  if (people === 1) return [wholeOf(frame)]
  const box = spread(areaOf(frame), 4 / 3)
  const { columns, rows } = shapeOf(box, people)
  const short = columns * rows - people
  const [upper, lower] = cut(box, 'top', (box.height * short) / rows)
  return [
    ...(short > 0 ? cells(upper, columns - 1, short) : []),
    ...(short < rows ? cells(lower, columns, rows - short) : []),
  ]
}
