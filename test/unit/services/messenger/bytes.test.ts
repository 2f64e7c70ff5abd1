import { bytesOf } from '../../../../miniprogram/protocol/limits'
import fc from '../../../support/property'

test('counts the bytes that the server counts, broken surrogates included', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.constant('a\ud800b\udc00'))
  fc.assert(
    fc.property(text, (value) => {
      expect(bytesOf(value)).toBe(Buffer.byteLength(value))
    }),
  )
})
