/**
 * Versions 1 to 10 at level M, which stands a seventh of the code being hidden: for each, the correction words of a block,
 * and the blocks as [how many, data words of each] (ISO/IEC 18004, table 9). Enough for links of 213 bytes.
 */
export const VERSIONS: readonly { correction: number; blocks: readonly (readonly [number, number])[] }[] = [
  { correction: 10, blocks: [[1, 16]] },
  { correction: 16, blocks: [[1, 28]] },
  { correction: 26, blocks: [[1, 44]] },
  { correction: 18, blocks: [[2, 32]] },
  { correction: 24, blocks: [[2, 43]] },
  { correction: 16, blocks: [[4, 27]] },
  { correction: 18, blocks: [[4, 31]] },
  {
    correction: 22,
    blocks: [
      [2, 38],
      [2, 39],
    ],
  },
  {
    correction: 22,
    blocks: [
      [3, 36],
      [2, 37],
    ],
  },
  {
    correction: 26,
    blocks: [
      [4, 43],
      [1, 44],
    ],
  },
]

export const capacityOf = (version: number): number =>
  (VERSIONS[version - 1]?.blocks ?? []).reduce((sum, [count, words]) => sum + count * words, 0)

/** Centres of the alignment patterns along one side. */
export function alignmentOf(version: number): number[] {
  if (version === 1) return []
  const last = 4 * version + 10
  return version < 7 ? [6, last] : [6, (last + 6) / 2, last]
}

/** `value` with the remainder of a division by `divisor` behind it, as format and version are protected. */
export function protect(value: number, divisor: number, bits: number): number {
  let rest = value << bits
  for (let at = 31 - Math.clz32(rest); at >= bits; at = 31 - Math.clz32(rest)) rest ^= divisor << (at - bits)
  return (value << bits) | rest
}
