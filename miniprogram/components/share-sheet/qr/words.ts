import { correctionOf } from './galois'
import { capacityOf, VERSIONS } from './versions'

/** UTF-8 bytes of a text. */
const bytesOf = (text: string): number[] =>
  Array.from(encodeURIComponent(text).matchAll(/%(..)|./g), ([sign, hex]) =>
    hex === undefined ? sign.charCodeAt(0) : Number.parseInt(hex, 16),
  )

/** The text in the shortest version: mode, length, bytes, end, padding; then blocks and their corrections, interleaved. */
export function wordsOf(text: string): { version: number; words: number[] } {
  const bytes = bytesOf(text)
  const headOf = (version: number) => (version < 10 ? 12 : 20)
  const version = VERSIONS.findIndex((_, i) => capacityOf(i + 1) * 8 >= headOf(i + 1) + bytes.length * 8) + 1
  if (version === 0) throw new RangeError(`${bytes.length} bytes do not fit into a QR code of ours`)
  const capacity = capacityOf(version)
  let bits = `0100${bytes.length.toString(2).padStart(headOf(version) - 4, '0')}`
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  bits += '0'.repeat(Math.min(4, capacity * 8 - bits.length))
  bits += '0'.repeat(-bits.length & 7)
  const data = Array.from({ length: bits.length / 8 }, (_, i) => Number.parseInt(bits.slice(i * 8, i * 8 + 8), 2))
  for (let i = 0; data.length < capacity; i++) data.push(i % 2 === 0 ? 0xec : 0x11)
  return { version, words: interleaved(data, version) }
}

function interleaved(data: readonly number[], version: number): number[] {
  const { blocks = [], correction = 0 } = VERSIONS[version - 1] ?? {}
  const sizes = blocks.flatMap(([count, size]) => Array<number>(count).fill(size))
  let from = 0
  const parts = sizes.map((size) => {
    from += size
    return data.slice(from - size, from)
  })
  const corrections = parts.map((part) => correctionOf(part, correction))
  const across = (rows: readonly (readonly number[])[]): number[] =>
    Array.from({ length: Math.max(...rows.map((row) => row.length)) }, (_, i) =>
      rows.flatMap((row) => (i < row.length ? [row[i] ?? 0] : [])),
    ).flat()
  return [...across(parts), ...across(corrections)]
}
