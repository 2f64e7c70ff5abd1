import jsQR from 'jsqr'
import { type Matrix, qrOf } from '../../../miniprogram/components/share-sheet/qr/qr'
import fc from '../../support/property'

/** What a reader of somebody else's sees in a code, drawn with its quiet zone. */
function read(matrix: Matrix): string | undefined {
  const [scale, quiet] = [4, 4]
  const side = (matrix.length + 2 * quiet) * scale
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
  matrix.forEach((row, r) => {
    row.forEach((dark, c) => {
      if (!dark) return
      for (let y = 0; y < scale; y++) {
        for (let x = 0; x < scale; x++) {
          const at = (((r + quiet) * scale + y) * side + (c + quiet) * scale + x) * 4
          pixels.fill(0, at, at + 3)
        }
      }
    })
  })
  return jsQR(pixels, side, side)?.data
}

test('a reader finds the link again, whatever is in it', () => {
  const link = 'https://live.example.com/r?roomId=r0123456789abcdef01234567&from=poster'
  expect(read(qrOf(link))).toBe(link)
  expect(read(qrOf('直播间 🎉'))).toBe('直播间 🎉')
})

test('every length up to the longest one can be read, in each of the ten sizes', () => {
  const sizes = new Set<number>()
  for (let length = 1; length <= 213; length += 4) {
    const text = 'https://a.example/'.repeat(20).slice(0, length)
    const code = qrOf(text)
    sizes.add(code.length)
    expect(read(code)).toBe(text)
  }
  expect([...sizes]).toEqual([21, 25, 29, 33, 37, 41, 45, 49, 53, 57])
  expect(read(qrOf('x'.repeat(213)))).toBe('x'.repeat(213))
  expect(() => qrOf('x'.repeat(214))).toThrow(RangeError)
})

test('any text can be read', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\w\-.~:/?#=&%]{1,150}$/), (text) => {
      expect(read(qrOf(text))).toBe(text)
    }),
    { numRuns: 60 },
  )
})
