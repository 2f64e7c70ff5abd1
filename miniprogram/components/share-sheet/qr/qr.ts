import { alignmentOf, protect } from './versions'
import { wordsOf } from './words'

/** Rows of a square; true is dark. */
export type Matrix = readonly (readonly boolean[])[]

const MASKS: readonly ((row: number, col: number) => boolean)[] = [
  (r, c) => (r + c) % 2 === 0,
  (r) => r % 2 === 0,
  (_, c) => c % 3 === 0,
  (r, c) => (r + c) % 3 === 0,
  (r, c) => (Math.floor(r / 2) + Math.floor(c / 3)) % 2 === 0,
  (r, c) => ((r * c) % 2) + ((r * c) % 3) === 0,
  (r, c) => (((r * c) % 2) + ((r * c) % 3)) % 2 === 0,
  (r, c) => (((r + c) % 2) + ((r * c) % 3)) % 2 === 0,
]

/** A code that grows: what stands is never written over by data. */
class Grid {
  readonly size: number
  readonly dark: boolean[][]
  private readonly fixed: boolean[][]

  constructor(private readonly version: number) {
    this.size = 17 + 4 * version
    const blank = () => Array.from({ length: this.size }, () => Array<boolean>(this.size).fill(false))
    this.dark = blank()
    this.fixed = blank()
    this.patterns()
  }

  /** Zigzag from the lower right, two columns at a time; the column of the timing pattern is left out. */
  fill(words: readonly number[]): void {
    const { size } = this
    let bit = 0
    let up = true
    for (let right = size - 1; right > 0; right -= 2) {
      if (right === 6) right--
      for (let i = 0; i < size; i++) {
        const row = up ? size - 1 - i : i
        for (const col of [right, right - 1]) {
          if (this.fixed[row]?.[col]) continue
          this.put(row, col, (((words[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1, false)
          bit++
        }
      }
      up = !up
    }
  }

  masked(mask: number): Matrix {
    const flips = MASKS[mask] as (row: number, col: number) => boolean
    this.format(mask)
    return this.dark.map((line, row) =>
      line.map((dark, col) => (this.fixed[row]?.[col] ? dark : dark !== flips(row, col))),
    )
  }

  private patterns(): void {
    const { size, version } = this
    for (const [row, col] of [
      [3, 3],
      [3, size - 4],
      [size - 4, 3],
    ] as const)
      this.rings(row, col, 4, [0, 1, 3])
    for (let i = 8; i < size - 8; i++) {
      this.put(6, i, i % 2 === 0)
      this.put(i, 6, i % 2 === 0)
    }
    const centres = alignmentOf(version)
    const last = size - 7
    for (const row of centres) {
      for (const col of centres) {
        const corner = (row === 6 && (col === 6 || col === last)) || (row === last && col === 6)
        if (!corner) this.rings(row, col, 2, [0, 2])
      }
    }
    this.format(0)
    if (version < 7) return
    const bits = protect(version, 0x1f25, 12)
    for (let i = 0; i < 18; i++) {
      const dark = ((bits >> i) & 1) === 1
      const [a, b] = [Math.floor(i / 3), size - 11 + (i % 3)]
      this.put(a, b, dark)
      this.put(b, a, dark)
    }
  }

  /** Squares around a centre, dark at the given distances. */
  private rings(row: number, col: number, reach: number, dark: readonly number[]): void {
    for (let r = -reach; r <= reach; r++) {
      for (let c = -reach; c <= reach; c++) {
        this.put(row + r, col + c, dark.includes(Math.max(Math.abs(r), Math.abs(c))))
      }
    }
  }

  /** Level M and the mask, twice. */
  private format(mask: number): void {
    const { size } = this
    const bits = protect(mask, 0x537, 10) ^ 0x5412
    for (let i = 0; i < 15; i++) {
      const dark = ((bits >> i) & 1) === 1
      if (i < 8) this.put(i < 6 ? i : i + 1, 8, dark)
      else this.put(8, i === 8 ? 7 : 14 - i, dark)
      if (i < 8) this.put(8, size - 1 - i, dark)
      else this.put(size - 15 + i, 8, dark)
    }
    this.put(size - 8, 8, true)
  }

  private put(row: number, col: number, dark: boolean, fixed = true): void {
    const [line, marks] = [this.dark[row], this.fixed[row]]
    if (!line || !marks || col < 0 || col >= this.size) return
    line[col] = dark
    if (fixed) marks[col] = true
  }
}

/** How hard a code is to read: runs of one colour, blocks, false finders, too much of one colour. */
function penaltyOf(matrix: Matrix): number {
  const lines = [...matrix, ...matrix.map((_, col) => matrix.map((row) => row[col] ?? false))].map((line) =>
    line.map((dark) => (dark ? '1' : '0')).join(''),
  )
  let penalty = 0
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) penalty += run.length - 2
    penalty += 40 * (line.match(/(?=10111010000|00001011101)/g)?.length ?? 0)
  }
  const size = matrix.length
  let dark = 0
  matrix.forEach((row, r) => {
    row.forEach((value, c) => {
      if (value) dark++
      const below = matrix[r + 1]
      if (below && c + 1 < size && row[c + 1] === value && below[c] === value && below[c + 1] === value) penalty += 3
    })
  })
  return penalty + 10 * Math.floor(Math.abs((dark * 20) / (size * size) - 10))
}

/** The QR code of a text, without the quiet zone of four modules around it. @throws RangeError above 213 bytes */
export function qrOf(text: string): Matrix {
  const { version, words } = wordsOf(text)
  const grid = new Grid(version)
  grid.fill(words)
  const codes = MASKS.map((_, mask) => grid.masked(mask))
  const penalties = codes.map(penaltyOf)
  // The mask that is drawn last leaves its name in the grid, so the best one is drawn again.
  return grid.masked(penalties.indexOf(Math.min(...penalties)))
}
