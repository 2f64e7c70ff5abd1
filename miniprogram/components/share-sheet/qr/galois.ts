/** Arithmetic of QR codes: the field of 256 elements made by x^8 + x^4 + x^3 + x^2 + 1 (ISO/IEC 18004). */
const EXP: number[] = []
const LOG: number[] = []
for (let i = 0, x = 1; i < 255; i++) {
  EXP[i] = x
  LOG[x] = i
  x <<= 1
  if (x > 255) x ^= 0x11d
}

const multiply = (a: number, b: number): number =>
  a === 0 || b === 0 ? 0 : (EXP[((LOG[a] ?? 0) + (LOG[b] ?? 0)) % 255] ?? 0)

/** The polynomial with the roots 2^0 to 2^(degree - 1), highest power first and without its leading 1. */
function generator(degree: number): number[] {
  let poly = [1]
  for (let i = 0; i < degree; i++) {
    const root = EXP[i] ?? 1
    const next = [...poly, 0]
    poly.forEach((factor, at) => {
      next[at + 1] = (next[at + 1] ?? 0) ^ multiply(factor, root)
    })
    poly = next
  }
  return poly.slice(1)
}

/** `count` code words that let a reader correct a block (Reed-Solomon). */
export function correctionOf(block: readonly number[], count: number): number[] {
  const factors = generator(count)
  const rest: number[] = Array(count).fill(0)
  for (const word of block) {
    const lead = word ^ (rest.shift() ?? 0)
    rest.push(0)
    factors.forEach((factor, at) => {
      rest[at] = (rest[at] ?? 0) ^ multiply(factor, lead)
    })
  }
  return rest
}
