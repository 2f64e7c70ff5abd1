import type { MediaMessage } from '../../../../local/css/message'
import { Stream, type Subscriber } from '../../../../local/css/stream'
import { body } from '../../../support/flv'
import { message, meta } from './media'

class Follower implements Subscriber {
  tracks: { audio: boolean; video: boolean } | null = null
  readonly got: string[] = []
  ended = 0
  start(tracks: { audio: boolean; video: boolean }, backlog: readonly MediaMessage[]): void {
    this.tracks = tracks
    for (const item of backlog) this.message(item)
  }
  message(item: MediaMessage): void {
    this.got.push(`${item.kind}@${item.timestamp}`)
  }
  end(): void {
    this.ended++
  }
}

const metadata = (fields: object) => message(18, meta(fields))
const both = { width: 320, height: 240, videocodecid: 7, audiocodecid: 10 }

function liveStream(): Stream {
  const stream = new Stream()
  stream.push(metadata(both))
  stream.push(message(8, body.audioConfig))
  stream.push(message(9, body.videoConfig))
  stream.push(message(9, body.key(), 0))
  stream.push(message(9, body.inter(), 40))
  stream.push(message(8, body.audio(), 45))
  return stream
}

function join(stream: Stream): Follower {
  const follower = new Follower()
  stream.join(follower)
  return follower
}

it('lets a late viewer begin with metadata, configurations and the frames since the last key frame', () => {
  const stream = liveStream()
  stream.push(message(9, body.key(), 80))
  stream.push(message(9, body.inter(), 120))
  const follower = join(stream)
  stream.push(message(9, body.inter(), 160))
  expect(follower.got).toEqual(['meta@0', 'audio-config@0', 'video-config@0', 'key@80', 'inter@120', 'inter@160'])
})

it('keeps a viewer who is too early waiting until the tracks are known, then shows him everything once', () => {
  const stream = new Stream()
  const follower = join(stream)
  expect(follower.tracks).toBeNull()
  stream.push(message(9, body.videoConfig))
  expect(follower.tracks).toBeNull()
  stream.push(metadata({ width: 320, height: 240, videocodecid: 7 }))
  stream.push(message(9, body.key(), 40))
  expect(follower.tracks).toEqual({ audio: false, video: true })
  expect(follower.got).toEqual(['meta@0', 'video-config@0', 'key@40'])
})

it('begins an audio-only stream at any packet and claims no video', () => {
  const stream = new Stream()
  stream.push(metadata({ audiocodecid: 10 }))
  stream.push(message(8, body.audioConfig))
  const packet = message(8, body.audio(), 20)
  stream.push(packet)
  expect(packet.sync).toBe(true)
  expect(join(stream).tracks).toEqual({ audio: true, video: false })
})

it('does not take audio of a stream with video for a place to begin', () => {
  const stream = liveStream()
  const packet = message(8, body.audio(), 50)
  stream.push(packet)
  expect(packet.sync).toBe(false)
})

it('forgets a GOP that never ends instead of growing, and takes the next one', () => {
  const stream = liveStream()
  for (let i = 0; i < 5000; i++) stream.push(message(9, body.inter(), 100 + i))
  expect(join(stream).got).toEqual(['meta@0', 'audio-config@0', 'video-config@0'])
  stream.push(message(9, body.key(), 9000))
  expect(join(stream).got.at(-1)).toBe('key@9000')
})

it('ends everybody once, but not who left before', () => {
  const stream = liveStream()
  const stayed = join(stream)
  const left = new Follower()
  stream.join(left)()
  stream.end()
  stream.end()
  expect([stayed.ended, left.ended]).toEqual([1, 0])
})

it('survives a viewer who leaves while a frame is handed out', () => {
  const stream = liveStream()
  const leaver = new Follower()
  const leave = stream.join(leaver)
  leaver.message = () => leave()
  const other = join(stream)
  stream.push(message(9, body.inter(), 200))
  expect(other.got.at(-1)).toBe('inter@200')
})
