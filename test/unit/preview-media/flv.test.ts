import { AUDIO, type Bytes, flvHeader, flvTag, onMetaData, SCRIPT, VIDEO } from '../../../preview/media/flv'
import { FlvDemux, type FlvTag } from '../../../preview/media/flv-demux'
import fc from '../../support/property'

const joined = (parts: Uint8Array[]): Bytes => {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Feeds the bytes in pieces cut at these places, and keeps copies of the tags. */
function demux(bytes: Bytes, cuts: number[] = []): FlvTag[] {
  const tags: FlvTag[] = []
  const reader = new FlvDemux((tag) => tags.push({ ...tag, payload: tag.payload.slice() }))
  const places = [...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  let from = 0
  for (const to of places) {
    reader.push(bytes.slice(from, to))
    from = to
  }
  return tags
}

const tagOf = fc.record({
  type: fc.constantFrom(AUDIO, VIDEO, SCRIPT),
  timestamp: fc.nat({ max: 0xffffffff }),
  payload: fc.uint8Array({ maxLength: 300 }).map((bytes) => new Uint8Array(bytes)),
})

describe('FLV', () => {
  test('what is written is read again, however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(tagOf, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 20 }), (tags, cuts) => {
        const bytes = joined([
          flvHeader(true, true),
          ...tags.map(({ type, timestamp, payload }) => flvTag(type, timestamp, payload)),
        ])
        expect(demux(bytes, cuts)).toEqual(tags)
      }),
    )
  })

  test('a payload given in parts equals the same payload in one piece', () => {
    const whole = flvTag(VIDEO, 77, new Uint8Array([1, 2, 3, 4]))
    expect(flvTag(VIDEO, 77, new Uint8Array([1]), new Uint8Array([2, 3, 4]))).toEqual(whole)
  })

  test('the layout is that of the FLV specification', () => {
    expect([...flvTag(AUDIO, 0x12345678, new Uint8Array([9]))]).toEqual([
      8, 0, 0, 1, 0x34, 0x56, 0x78, 0x12, 0, 0, 0, 9, 0, 0, 0, 12,
    ])
  })

  test('the header claims only the tracks that exist', () => {
    expect([true, false].map((audio) => flvHeader(audio, true)[4])).toEqual([5, 1])
    expect(flvHeader(true, false)[4]).toBe(4)
  })

  test('bytes that are not FLV are refused, not collected', () => {
    expect(() => new FlvDemux(() => {}).push(new Uint8Array(64))).toThrow('not an FLV stream')
  })

  test('a tag of absurd size is refused instead of waited for', () => {
    const bytes = joined([flvHeader(true, true), new Uint8Array([9, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0])])
    expect(() => new FlvDemux(() => {}).push(bytes)).toThrow('FLV tag of 16777215 bytes')
  })

  test('metadata is an AMF0 ECMA array under onMetaData', () => {
    const bytes = onMetaData({ width: 360, stereo: false, encoder: 'kit' })
    const text = Buffer.from(bytes).toString('latin1')
    expect(bytes[0]).toBe(2)
    expect(text.slice(3, 13)).toBe('onMetaData')
    expect(bytes[13]).toBe(8)
    expect(Buffer.from(bytes).readUInt32BE(14)).toBe(3)
    expect(Buffer.from(bytes).readDoubleBE(text.indexOf('width') + 6)).toBe(360)
    expect([...bytes.slice(-3)]).toEqual([0, 0, 9])
  })
})
