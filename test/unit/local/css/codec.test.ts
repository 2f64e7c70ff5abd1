import { BoundedRtmp, MAX_TAG_BYTES } from '../../../../local/css/codec'
import { aacConfig, avcConfig } from '../../../../local/css/decoder-config'
import fc from '../../../support/property'

/** A client that has shaken hands. */
function connected(): BoundedRtmp {
  const rtmp = new BoundedRtmp()
  rtmp.parserData(Buffer.concat([Buffer.of(3), Buffer.alloc(2 * 1536)]))
  return rtmp
}

/** A chunk that begins a message on chunk stream `cid` (2 to 319). */
function chunk(cid: number, type: number, length: number, payload: Buffer): Buffer {
  const basic = cid < 64 ? [cid] : [0, cid - 64]
  return Buffer.concat([Buffer.from([...basic, 0, 0, 0, length >> 16, length >> 8, length, type, 1, 0, 0, 0]), payload])
}

/** AMF0 objects, one inside the other. */
const nested = (depth: number): Buffer =>
  Buffer.concat([Buffer.from([2, 0, 7]), Buffer.from('connect'), ...Array(depth).fill(Buffer.from([3, 0, 1, 97]))])

it('refuses a message that declares more than the limit, before memory is taken for it', () => {
  expect(() => connected().parserData(chunk(4, 9, MAX_TAG_BYTES + 1, Buffer.of(0)))).toThrow('too long')
})

it('refuses a client that opens chunk streams without end', () => {
  const rtmp = connected()
  const open = () => {
    for (let cid = 3; cid < 200; cid++) rtmp.parserData(chunk(cid, 9, 2, Buffer.from([0x17, 1])))
  }
  expect(open).toThrow('too many')
})

it('refuses a chunk size of zero, on which the parser would stand still', () => {
  expect(() => connected().parserData(chunk(2, 1, 4, Buffer.alloc(4)))).toThrow('chunk size')
})

it('refuses objects nested half a million deep', () => {
  const rtmp = connected()
  rtmp.inChunkSize = 1 << 22
  const payload = nested(500_000)
  expect(() => rtmp.parserData(chunk(3, 20, payload.length, payload))).toThrow(/stack/)
})

it('takes any command bytes with an answer or an error, and soon', () => {
  const commands = ['connect', 'createStream', 'publish', 'play', 'deleteStream', 'nonsense']
  const value = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.constantFrom(
      [0, 0, 0, 0, 0, 0, 0, 0, 0],
      [5],
      [6],
      [1, 1],
      [3, 0, 0, 9],
      [8, 0, 0, 0, 1],
      [10, 255, 255, 255, 255],
    ),
  )
  const property = fc.property(fc.constantFrom(...commands), fc.array(value, { maxLength: 5 }), (name, values) => {
    const rtmp = connected()
    rtmp.onOutputCallback = () => undefined
    const text = Buffer.from(name)
    const payload = Buffer.concat([
      Buffer.from([2, 0, text.length]),
      text,
      ...values.map((bytes) => Buffer.from(bytes)),
    ])
    const started = performance.now()
    try {
      rtmp.inChunkSize = 1 << 20
      rtmp.parserData(chunk(3, 20, payload.length, payload))
    } catch (error) {
      expect(error).toHaveProperty('message')
    }
    // A machine may be busy; what must not be is a loop that lasts.
    expect(performance.now() - started).toBeLessThan(20_000)
  })
  fc.assert(property, { numRuns: 500 })
})

it('reads any configuration bytes as a configuration or as none', () => {
  const bytes = fc.uint8Array({ maxLength: 60 }).map((data) => Buffer.from(data))
  fc.assert(
    fc.property(bytes, (data) => {
      const video = avcConfig(Buffer.concat([Buffer.from([0x17, 0, 0, 0, 0]), data]))
      if (video) expect(video.codedWidth).toBeGreaterThan(0)
      const audio = aacConfig(Buffer.concat([Buffer.from([0xaf, 0]), data]))
      if (audio) expect(audio.sampleRate).toBeGreaterThan(0)
    }),
  )
})

it('reads AAC of 48 kHz in mono', () => {
  expect(aacConfig(Buffer.from([0xaf, 0, 0x11, 0x88]))).toMatchObject({
    codec: 'mp4a.40.2',
    sampleRate: 48000,
    numberOfChannels: 1,
  })
})
