import * as mediabunny from 'mediabunny'
import { HlsPackager } from '../../../../local/css/hls-packager'
import { AUDIO, body, VIDEO } from '../../../support/flv'
import { AVC_CONFIG, AVC_INTER, AVC_KEY } from './avc'
import { message } from './media'

let changes = 0
let packager: HlsPackager
beforeEach(() => {
  changes = 0
  packager = new HlsPackager(mediabunny, () => {
    changes += 1
  })
})
afterEach(() => packager.end())

/** Feeds pictures at 25 a second with a key frame each second, and sound, from `from` to `to` (ms). */
function feed(from: number, to: number, tracks: { video?: boolean; audio?: boolean } = {}): void {
  const { video = true, audio = true } = tracks
  for (let time = from; time < to; time += 40) {
    if (video) packager.message(message(VIDEO, time % 1000 === 0 ? AVC_KEY : AVC_INTER, time))
    if (audio) packager.message(message(AUDIO, body.audio(1, 20), time + 5))
  }
}

function begin(tracks: { video: boolean; audio: boolean }): void {
  packager.start(tracks, [message(VIDEO, AVC_CONFIG), message(AUDIO, body.audioConfig)])
}

/** Lets the muxer work until there is a playlist with so many segments. */
async function segments(count: number): Promise<string[]> {
  for (;;) {
    const names = packager.playlist?.match(/^segment\S+$/gm) ?? []
    if (names.length >= count) return names
    await new Promise(setImmediate)
  }
}

it('cuts segments of two seconds, keeps the last six and forgets the rest', async () => {
  begin({ video: true, audio: true })
  feed(0, 20_000)
  const names = await segments(6)
  while (!packager.playlist?.includes('segment-1-9.ts')) await new Promise(setImmediate)
  expect(names.length).toBe(6)
  expect(packager.playlist).toContain('#EXT-X-TARGETDURATION:2')
  expect(packager.segments.has('segment-1-1.ts')).toBe(false)
  const segment = packager.segments.get('segment-1-9.ts')
  expect(segment?.[0]).toBe(0x47)
})

it.each([
  ['claimed but missing', { video: true, audio: true }],
  ['not claimed', { video: true, audio: false }],
])('goes on without sound that is %s', async (_what, claimed) => {
  begin(claimed)
  feed(0, 6000, { audio: false })
  expect(await segments(2)).toHaveLength(2)
})

it('goes on without a picture that never comes', async () => {
  begin({ video: true, audio: true })
  feed(0, 8000, { video: false })
  expect((await segments(2)).length).toBeGreaterThanOrEqual(2)
})

it('ends when a track falls silent, because the muxer would wait for it and hoard the other', async () => {
  begin({ video: true, audio: true })
  feed(0, 3000)
  await segments(1)
  feed(3000, 5900, { audio: false })
  expect(packager.ended).toBe(false)
  feed(6000, 6200, { audio: false })
  expect([packager.ended, packager.playlist, packager.segments.size]).toEqual([true, null, 0])
  expect(changes).toBe(2)
})

it('ends when a track appears that it began without, to begin anew with it', async () => {
  begin({ video: true, audio: true })
  feed(0, 4000, { audio: false })
  feed(4000, 4100)
  expect(packager.ended).toBe(true)
})

it('ends quietly on what the muxer refuses: time that runs backwards', async () => {
  begin({ video: true, audio: true })
  feed(0, 5000)
  feed(0, 2000)
  while (!packager.ended) await new Promise(setImmediate)
  expect(packager.playlist).toBeNull()
})
