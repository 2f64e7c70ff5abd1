/**
 * A time stamp that survives video compression: 28 black or white blocks, 7 across and 4 down, hold 24 bits of
 * `Date.now()` and a checksum of 4 bits. What is drawn into the source is read back from the player's picture, on the
 * same clock, so the difference is the delay from capture to screen.
 */
const COLUMNS = 7
const ROWS = 4
const TIME_BITS = 24
const SPAN = 2 ** TIME_BITS

const checksum = (value: number) => {
  let sum = 0b1010
  for (let rest = value; rest > 0; rest >>>= 4) sum = (sum * 3 + (rest & 15)) & 15
  return sum
}

/** The 28 blocks of a moment, row by row; true is white. */
export function clockBlocks(now: number): boolean[] {
  const time = now % SPAN
  const bits = time * 16 + checksum(time)
  return Array.from({ length: COLUMNS * ROWS }, (_, i) => Math.floor(bits / 2 ** (COLUMNS * ROWS - 1 - i)) % 2 === 1)
}

/**
 * How long ago the blocks were drawn, in ms; null when they are not readable.
 * @param now `Date.now()` of the reader
 */
export function clockAge(blocks: readonly boolean[], now: number): number | null {
  const bits = blocks.reduce((sum, white) => sum * 2 + (white ? 1 : 0), 0)
  const time = Math.floor(bits / 16)
  if (blocks.length !== COLUMNS * ROWS || bits % 16 !== checksum(time)) return null
  return (((now - time) % SPAN) + SPAN) % SPAN
}

/** The middle of each block for a picture of this size, in pixels; the pattern fills the picture's upper third. */
export function clockGrid(width: number, height: number): { x: number; y: number; w: number; h: number }[] {
  const w = width / COLUMNS
  const h = height / 3 / ROWS
  return Array.from({ length: COLUMNS * ROWS }, (_, i) => ({
    x: ((i % COLUMNS) + 0.5) * w,
    y: (Math.floor(i / COLUMNS) + 0.5) * h,
    w,
    h,
  }))
}
