import { MAX_TAG_BYTES } from '../../../../local/css/codec'
import { FlvDemuxer } from '../../../../local/css/flv'
import { FLV_HEADER, tag } from '../../../support/flv'
import fc from '../../../support/property'

interface Tag {
  type: number
  timestamp: number
  data: Buffer
}

function demux(chunks: Buffer[]): Tag[] {
  const tags: Tag[] = []
  const demuxer = new FlvDemuxer((type, timestamp, data) => tags.push({ type, timestamp, data: Buffer.from(data) }))
  for (const chunk of chunks) demuxer.push(chunk)
  return tags
}

const anyTag = fc.record({
  type: fc.constantFrom(8, 9, 18),
  timestamp: fc.integer({ min: 0, max: 0xffffffff }),
  data: fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
})

it('finds the same tags however the bytes are cut, times past 4.66 hours included', () => {
  fc.assert(
    fc.property(fc.array(anyTag, { maxLength: 8 }), fc.array(fc.integer({ min: 1, max: 50 })), (tags, cuts) => {
      const bytes = Buffer.concat([FLV_HEADER, ...tags.map(({ type, timestamp, data }) => tag(type, timestamp, data))])
      const chunks: Buffer[] = []
      let offset = 0
      for (const cut of cuts) {
        chunks.push(bytes.subarray(offset, offset + cut))
        offset += cut
      }
      expect(demux([...chunks, bytes.subarray(offset)])).toEqual(tags)
    }),
  )
})

it('refuses what is not FLV', () => {
  expect(() => demux([Buffer.from('GET / HTTP/1.1\r\n\r\n')])).toThrow('not FLV')
})

it('refuses a tag that declares more than the limit, before its bytes arrive', () => {
  const head = tag(9, 0, Buffer.alloc(0)).subarray(0, 11)
  head.writeUIntBE(MAX_TAG_BYTES + 1, 1, 3)
  expect(() => demux([FLV_HEADER, head])).toThrow(RangeError)
})

it('takes a long tag byte by byte without moving what it has already', () => {
  const bytes = Buffer.concat([FLV_HEADER, tag(9, 0, Buffer.alloc(300_000, 7))])
  const chunks = Array.from(bytes, (byte) => Buffer.of(byte))
  const copied = jest.spyOn(Buffer.prototype, 'copy')
  const shifted = jest.spyOn(Buffer.prototype, 'copyWithin')
  const tags = demux(chunks)
  const shifts = shifted.mock.calls.length
  const { calls, contexts } = copied.mock
  const moved = calls.reduce((sum, [, , from, to], i) => sum + Number(to ?? contexts[i]?.length) - Number(from ?? 0), 0)
  for (const spy of [copied, shifted]) spy.mockRestore()
  expect(tags.map(({ data }) => data.length)).toEqual([300_000])
  // Each byte once as it comes and about twice more while the buffer doubles; every byte at every step would be 45 GB.
  expect(moved).toBeLessThan(4 * bytes.length)
  expect(shifts).toBeLessThanOrEqual(2)
})
