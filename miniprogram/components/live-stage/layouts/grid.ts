import { areaOf, type Box, cells, cut, fitted, isWide, type Layout, wholeOf } from './frame'

/** What a picture in a grid should look like, width to height. */
const CELL = 0.75

/** Rows and columns whose cells come nearest to 3:4 with the fewest left empty. */
function shapeOf({ width, height }: Box, people: number): { columns: number; rows: number } {
  let best = { columns: 1, rows: people }
  let least = Number.POSITIVE_INFINITY
  for (let columns = 1; columns <= people; columns++) {
    const rows = Math.ceil(people / columns)
    const empty = columns * rows - people
    const odd = Math.abs(Math.log(width / columns / (height / rows) / CELL)) + empty * 0.12
    if (odd < least) [least, best] = [odd, { columns, rows }]
  }
  return best
}

/** The same room for everybody, row by row and without a gap; the last row shares what it has. */
export const grid: Layout = (people, frame) => {
  if (people === 1) return [wholeOf(frame)]
  const area = areaOf(frame)
  const box = isWide(area) ? area : fitted(area, 4 / 3)
  const { columns, rows } = shapeOf(box, people)
  const inLast = people - columns * (rows - 1)
  const [upper, last] = cut(box, 'top', (box.height * (rows - 1)) / rows)
  return [...(rows > 1 ? cells(upper, columns, rows - 1) : []), ...cells(last, inLast, 1)]
}
