/** A cell of the stage: `grid-column` and `grid-row`, from 1. */
export interface Cell {
  readonly column: number
  readonly row: number
}

export interface Grid {
  readonly columns: number
  readonly rows: number
}

/**
 * The grid in which so many pictures are largest, for pictures of this shape in a frame of this shape (both width to height).
 * Nobody's picture is smaller than another's; of two that are as good, the one with more columns.
 */
export function gridOf(people: number, frame: number, picture: number): Grid {
  const count = Math.max(1, people)
  let best: Grid & { size: number } = { columns: 1, rows: count, size: 0 }
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns)
    // Of a frame of height 1: how high a picture is in its cell.
    const size = Math.min(1 / rows, frame / columns / picture)
    if (size > best.size - 1e-9) best = { columns, rows, size }
  }
  return { columns: best.columns, rows: best.rows }
}

/** The cell of the picture with this index. */
export const cellOf = (index: number, { columns }: Grid): Cell => ({
  column: (index % columns) + 1,
  row: Math.floor(index / columns) + 1,
})
