import { Writable } from 'node:stream'
import { FlvDemuxer } from '../../../../local/css/flv'
import { MixFeed } from '../../../../local/css/mixing/feed'
import { tracksOf } from '../../../../local/css/mixing/tracks'
import { Stream } from '../../../../local/css/stream'
import { AUDIO, body, VIDEO } from '../../../support/flv'
import { AVC_CONFIG, AVC_INTER, AVC_KEY } from './avc'
import { message, meta } from './media'

/** A pipe that remembers the tags that went through it. */
function pipe(): { sink: Writable; tags: [type: number, time: number][] } {
  const tags: [number, number][] = []
  const demuxer = new FlvDemuxer((type, time) => tags.push([type, time]))
  const sink = new Writable({
    write(chunk, _encoding, done) {
      demuxer.push(chunk)
      done()
    },
  })
  return { sink, tags }
}

describe('a feed', () => {
  it('sets the newest frame to this moment and keeps the distances to it', () => {
    const stream = new Stream()
    stream.push(message(18, meta({ width: 320, videocodecid: 7, audiocodecid: 10 })))
    stream.push(message(VIDEO, AVC_CONFIG))
    stream.push(message(AUDIO, body.audioConfig))
    stream.push(message(VIDEO, AVC_KEY, 7_000_000))
    stream.push(message(VIDEO, AVC_INTER, 7_000_100))
    const { sink, tags } = pipe()
    stream.join(new MixFeed(sink, 60_000.4, () => 60_200, jest.fn()))
    stream.push(message(AUDIO, body.audio(), 7_000_140))
    expect(tags).toEqual([
      [18, 0],
      [AUDIO, 0],
      [VIDEO, 0],
      [VIDEO, 59_900],
      [VIDEO, 60_000],
      [AUDIO, 60_040],
    ])
  })

  it('begins with the first frame of a stream that has none yet, past 4.66 hours too', () => {
    const stream = new Stream()
    const { sink, tags } = pipe()
    stream.join(new MixFeed(sink, 0, () => 20_000_000, jest.fn()))
    stream.push(message(VIDEO, AVC_KEY, 0))
    stream.push(message(VIDEO, AVC_INTER, 40))
    expect(tags).toEqual([
      [VIDEO, 20_000_000],
      [VIDEO, 20_000_040],
    ])
  })

  it('leaves the tags of others as they are', () => {
    const key = message(VIDEO, AVC_KEY, 500)
    const before = Buffer.from(key.flv)
    const stream = new Stream()
    stream.join(new MixFeed(pipe().sink, 0, () => 9000, jest.fn()))
    stream.push(key)
    expect(key.flv).toEqual(before)
  })

  it('closes the pipe with the stream, and minds no pipe that is closed', () => {
    const stream = new Stream()
    const [open, broken] = [pipe().sink, pipe().sink]
    const onEnd = jest.fn()
    for (const sink of [open, broken]) stream.join(new MixFeed(sink, 0, () => 0, onEnd))
    broken.destroy(new Error('EPIPE'))
    stream.push(message(VIDEO, AVC_KEY, 0))
    stream.end()
    expect(open.writableEnded).toBe(true)
    expect(onEnd).toHaveBeenCalledTimes(2)
  })
})

describe('the tracks of a stream', () => {
  const NEVER = 2 ** 30

  it('are known at once when a frame of each that is named has come', async () => {
    const stream = new Stream()
    stream.push(message(18, meta({ width: 320, videocodecid: 7 })))
    stream.push(message(VIDEO, AVC_CONFIG))
    stream.push(message(VIDEO, AVC_KEY))
    expect(await tracksOf(stream, NEVER)).toEqual({ audio: false, video: true, width: 320, height: 240 })
  })

  it('are waited for while one that is named is missing', async () => {
    const stream = new Stream()
    stream.push(message(18, meta({ width: 320, videocodecid: 7, audiocodecid: 10 })))
    stream.push(message(VIDEO, AVC_CONFIG))
    stream.push(message(VIDEO, AVC_KEY))
    const known = tracksOf(stream, NEVER)
    stream.push(message(AUDIO, body.audioConfig))
    stream.push(message(VIDEO, AVC_INTER, 40))
    stream.push(message(AUDIO, body.audio(), 50))
    expect(await known).toMatchObject({ audio: true, video: true })
  })

  it('are those that have come when the stream ends, or the time is over', async () => {
    const stream = new Stream()
    stream.push(message(18, meta({ audiocodecid: 10, videocodecid: 7 })))
    stream.push(message(AUDIO, body.audioConfig))
    const known = [tracksOf(stream, 1), tracksOf(stream, NEVER)]
    stream.push(message(AUDIO, body.audio()))
    const sound = { audio: true, video: false, width: 0, height: 0 }
    expect(await known[0]).toEqual(sound)
    stream.end()
    expect(await known[1]).toEqual(sound)
  })

  it('are none of codecs that cannot be mixed', async () => {
    const stream = new Stream()
    stream.push(message(VIDEO, Buffer.from([0x1c, 0, 0, 0, 0, 1, 2, 3])))
    const known = tracksOf(stream, NEVER)
    stream.push(message(VIDEO, Buffer.from([0x1c, 1, 0, 0, 0, 9])))
    stream.end()
    expect(await known).toMatchObject({ audio: false, video: false })
  })
})
