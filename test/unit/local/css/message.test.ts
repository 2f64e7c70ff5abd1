import { encodeAmf0Data } from 'node-media-server/src/protocol/amf.js'
import Flv from 'node-media-server/src/protocol/flv.js'
import { readMeta, toMessage } from '../../../../local/css/message'
import { body } from '../../../support/flv'
import { message, meta } from './media'

const parse = (type: number, data: Buffer, size = data.length) => toMessage(Flv.parserTag(type, 0, size, data))

it('copies the bytes, because the parser reuses its buffer, and takes no more than the tag', () => {
  const reused = Buffer.concat([body.key(1), Buffer.alloc(1000, 9)])
  const kept = parse(9, reused, body.key(1).length)
  reused.fill(0)
  expect(kept?.data).toEqual(body.key(1))
})

it.each([
  ['AMF3 data, whose flags look like an audio configuration', 15, Buffer.from([0, 1, 2, 3])],
  ['the end of an H.264 sequence, which is flagged like a key frame', 9, Buffer.from([0x17, 2, 0, 0, 0])],
  ['an empty audio message', 8, Buffer.alloc(0)],
  ['a script that is not onMetaData', 18, encodeAmf0Data({ cmd: 'onFI', info: {} })],
])('drops %s', (_what, type, data) => {
  expect(parse(type, data)).toBeNull()
})

it('unwraps @setDataFrame, which RTMP pushers send and FLV players do not know', () => {
  const plain = meta({ width: 320, height: 240 })
  const wrapped = encodeAmf0Data({ cmd: '@setDataFrame', method: 'onMetaData', dataObj: { width: 320, height: 240 } })
  expect(message(18, wrapped).data).toEqual(plain)
})

describe('metadata', () => {
  it('tells which tracks there are', () => {
    expect(readMeta(message(18, meta({ width: 320, height: 240, videocodecid: 7 })))).toEqual({
      width: 320,
      height: 240,
      hasVideo: true,
      hasAudio: false,
    })
    expect(readMeta(message(18, meta({ audiocodecid: 10 })))).toMatchObject({ hasVideo: false, hasAudio: true })
  })

  it('with impossible sizes counts as without', () => {
    const odd = meta({ width: -1, height: 1e9, videocodecid: 7 })
    expect(readMeta(message(18, odd))).toMatchObject({ width: 0, height: 0 })
  })

  it('cut short throws and does nothing else', () => {
    const whole = meta({ width: 320, name: 'x'.repeat(40) })
    expect(() => readMeta(message(18, whole.subarray(0, whole.length - 30)))).toThrow()
  })
})
