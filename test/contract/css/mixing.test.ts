import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { CreateCommonMixStreamRequest } from 'tencentcloud-sdk-nodejs/tencentcloud/services/live/v20180801/live_models'
import { eventually } from '../../support/eventually'
import { Cloud, sign } from './cloud'
import { type Encoder, loudness, mixers, picture, push, runs, stopAll } from './ffmpeg'
import { type StreamingProcess, startProcess } from './streaming-process'

const clouds: Cloud[] = []
let crashing: StreamingProcess | undefined
afterEach(async () => {
  await stopAll()
  await crashing?.kill()
  for (const cloud of clouds.splice(0)) await cloud.stop()
})
jest.setTimeout(120_000)

/** Nothing here is about how long a start may take: the machine may be busy. */
async function start(change: Parameters<Cloud['start']>[0] = {}): Promise<Cloud> {
  const cloud = new Cloud()
  clouds.push(cloud)
  return cloud.start({ mixStartMs: 60_000, ...change })
}

const place = { AppName: 'live', DomainName: 'push.local' }

/** Pushes a colour and a tone, and waits until it is live. */
async function live(cloud: Cloud, name: string, tracks?: Parameters<typeof push>[1]): Promise<Encoder> {
  const encoder = push(cloud.rtmp(`/live/${name}?${sign(name)}`), tracks)
  await cloud.event(1, name)
  return encoder
}

/** A red canvas of 640x360 with streams side by side on it, each 160x120. */
function sideBySide(
  streams: string[],
  change: { color?: string; output?: string; session?: string } = {},
): CreateCommonMixStreamRequest {
  const { color = '0xCC0033', output = 'mix', session = 'room_1' } = change
  const canvas = { ImageLayer: 1, InputType: 3, ImageWidth: 640, ImageHeight: 360, Color: color }
  const tiles = streams.map((InputStreamName, i) => ({
    InputStreamName,
    LayoutParams: { ImageLayer: i + 2, ImageWidth: 160, ImageHeight: 120, LocationX: 20 + 200 * i, LocationY: 40 },
  }))
  return {
    MixStreamSessionId: session,
    InputStreamList: [{ InputStreamName: 'canvas', LayoutParams: canvas }, ...tiles],
    OutputParams: { OutputStreamName: output, OutputStreamType: 1 },
  }
}

/** Whether two colours are the same but for what a small bit rate does to them. */
function looks(color: string, wanted: string): boolean {
  const parts = (text: string): number[] => [0, 2, 4].map((i) => Number.parseInt(text.slice(i, i + 2), 16))
  const [a, b] = [parts(color), parts(wanted)]
  return a.every((value, i) => Math.abs(value - (b[i] ?? 0)) < 40)
}

it('shows two streams on a canvas with the sound of both, as soon as it answers', async () => {
  const cloud = await start()
  await Promise.all([
    live(cloud, 'a', { color: '0x00FF00', hertz: 440 }),
    live(cloud, 'b', { color: '0x0000FF', hertz: 1000 }),
  ])
  await cloud.live().CreateCommonMixStream(sideBySide(['a', 'b']))
  expect((await cloud.live().DescribeLiveStreamState({ ...place, StreamName: 'mix' })).StreamState).toBe('active')
  const url = cloud.http('/live/mix.flv')
  const seen = await picture(url)
  expect([seen.width, seen.height]).toEqual([640, 360])
  for (const [x, y, color] of [
    [5, 5, 'cc0033'],
    [100, 100, '00ff00'],
    [300, 100, '0000ff'],
    [600, 300, 'cc0033'],
  ] as const) {
    expect([x, y, seen.at(x, y), looks(seen.at(x, y), color)]).toEqual([x, y, seen.at(x, y), true])
  }
  const [one = 0, two = 0, none = 1] = await loudness(url, 440, 1000, 700)
  expect(Math.min(one, two)).toBeGreaterThan(5 * none)
  // Neither a key nor a signature is there for other users of this machine to read.
  const [pid] = mixers()
  expect(spawnSync('ps', ['-o', 'args=', '-p', String(pid)]).stdout.toString()).not.toContain('txSecret')

  await cloud.live().CancelCommonMixStream({ MixStreamSessionId: 'room_1' })
  expect(await cloud.event(0, 'mix')).toMatchObject({ errcode: 1, width: 640, height: 360 })
  await eventually(async () => mixers().length === 0)
  const again = cloud.live().CancelCommonMixStream({ MixStreamSessionId: 'room_1' })
  await expect(again).rejects.toMatchObject({ code: 'InvalidParameter.CancelSessionNotExist' })
})

it('changes the layout under its viewers: one push, time that only grows, one process', async () => {
  const cloud = await start()
  await Promise.all([live(cloud, 'a', { color: '0x00FF00' }), live(cloud, 'b', { color: '0x0000FF' })])
  await cloud.live().CreateCommonMixStream(sideBySide(['a']))
  const viewer = await fetch(cloud.http('/live/mix.flv'))
  const reader = viewer.body?.getReader()
  const chunks: Uint8Array[] = []
  let ended = false
  const watching = (async () => {
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) chunks.push(part.value)
    ended = true
  })()
  for (const color of ['0x00CC66', '0x6600CC']) {
    await cloud.live().CreateCommonMixStream(sideBySide(['b', 'a'], { color }))
    const wanted = color.slice(2).toLowerCase()
    await eventually(async () => looks((await picture(cloud.http('/live/mix.flv'))).at(5, 5), wanted), 30_000)
    await eventually(async () => mixers().length === 1)
  }
  expect(ended).toBe(false)
  expect(cloud.callbacks.filter(({ stream_id }) => stream_id === 'mix').map(({ event_type }) => event_type)).toEqual([
    1,
  ])
  await cloud.live().CancelCommonMixStream({ MixStreamSessionId: 'room_1' })
  await watching
  const times = tagTimes(Buffer.concat(chunks))
  expect(times.length).toBeGreaterThan(30)
  expect(times).toEqual([...times].sort((a, b) => a - b))
})

/** Times of the audio and video frames of an FLV. */
function tagTimes(flv: Buffer): number[] {
  const times: number[] = []
  for (let offset = 13; offset + 15 <= flv.length; offset += 15 + flv.readUIntBE(offset + 1, 3)) {
    if (flv[offset] !== 18 && flv[offset + 12] === 1) times.push(flv.readUIntBE(offset + 4, 3))
  }
  return times
}

it('goes on without an input that stops, with it when it is back, and ends with the last', async () => {
  const cloud = await start()
  const a = await live(cloud, 'a', { color: '0x00FF00' })
  const b = await live(cloud, 'b', { color: '0x0000FF' })
  await cloud.live().CreateCommonMixStream(sideBySide(['a', 'b']))
  const shows = (x: number, color: string) =>
    eventually(async () => looks((await picture(cloud.http('/live/mix.flv'))).at(x, 100), color), 30_000)
  await shows(300, '0000ff')
  b.process.kill('SIGKILL')
  await shows(300, 'cc0033')
  await shows(100, '00ff00')
  const back = push(cloud.rtmp(`/live/b?${sign('b')}`), { color: '0x0000FF' })
  await shows(300, '0000ff')
  expect(cloud.callbacks.filter(({ stream_id }) => stream_id === 'mix')).toHaveLength(1)
  a.process.kill('SIGKILL')
  back.process.kill('SIGKILL')
  await cloud.event(0, 'mix')
  await eventually(async () => mixers().length === 0)
})

it('mixes a stream of sound alone, and one of pictures alone', async () => {
  const cloud = await start()
  await Promise.all([
    live(cloud, 'voice', { video: false, hertz: 1000 }),
    live(cloud, 'mute', { audio: false, color: '0x00FF00' }),
  ])
  await cloud.live().CreateCommonMixStream(sideBySide(['voice', 'mute']))
  const url = cloud.http('/live/mix.flv')
  const seen = await picture(url)
  expect([looks(seen.at(100, 100), 'cc0033'), looks(seen.at(300, 100), '00ff00')]).toEqual([true, true])
  const [voice = 0, other = 1] = await loudness(url, 1000, 700)
  expect(voice).toBeGreaterThan(5 * other)
})

it('ends when its output is dropped, and makes no output that is forbidden', async () => {
  const cloud = await start()
  await live(cloud, 'a')
  await cloud.live().CreateCommonMixStream(sideBySide(['a']))
  await cloud.live().DropLiveStream({ ...place, StreamName: 'mix' })
  expect(await cloud.event(0, 'mix')).toMatchObject({ errcode: 21 })
  await eventually(async () => mixers().length === 0)
  await cloud.live().ForbidLiveStream({ ...place, StreamName: 'mix' })
  await expect(cloud.live().CreateCommonMixStream(sideBySide(['a']))).rejects.toMatchObject({
    code: 'FailedOperation.ProcessMixError',
    message: 'mix is forbidden',
  })
  await eventually(async () => mixers().length === 0)
})

it('can be recorded like any stream', async () => {
  const cloud = await start()
  await live(cloud, 'a')
  await cloud.live().CreateCommonMixStream(sideBySide(['a']))
  const EndTime = Math.floor(Date.now() / 1000) + 3600
  await cloud.live().CreateRecordTask({ ...place, StreamName: 'mix', EndTime, StreamType: 1 })
  await cloud.event(332, 'mix')
  await cloud.live().CancelCommonMixStream({ MixStreamSessionId: 'room_1' })
  expect((await picture(String((await cloud.event(100, 'mix')).video_url))).width).toBe(640)
})

it('leaves no process behind when it is closed, and when it is killed', async () => {
  const cloud = await start()
  await live(cloud, 'a')
  await cloud.live().CreateCommonMixStream(sideBySide(['a']))
  expect(mixers()).toHaveLength(1)
  await cloud.streaming.close()
  expect(mixers()).toEqual([])

  const doomed = await startProcess({ ...cloud.options(), mixStartMs: 60_000 })
  crashing = doomed
  push(`rtmp://127.0.0.1:${doomed.rtmpPort}/live/b?${sign('b')}`)
  await cloud.event(1, 'b')
  await cloud.live({ port: doomed.httpPort }).CreateCommonMixStream(sideBySide(['b']))
  const [orphan = 0] = mixers(doomed.child.pid)
  expect(runs(orphan)).toBe(true)
  await doomed.kill()
  await eventually(async () => !runs(orphan), 30_000)
  await cloud.restart()
})

describe('refuses', () => {
  it('plainly, when there is no ffmpeg on this machine', async () => {
    const cloud = await start({ ffmpeg: null })
    await expect(cloud.live().CreateCommonMixStream(sideBySide(['a']))).rejects.toMatchObject({
      code: 'ResourceUnavailable.NoFfmpeg',
      message: expect.stringContaining('mixing needs ffmpeg on this machine'),
    })
  })

  /** A program that stands in for ffmpeg. */
  function program(cloud: Cloud, script: string): string {
    const file = join(cloud.folder, 'ffmpeg')
    writeFileSync(file, `#!/bin/sh\n${script}\n`)
    chmodSync(file, 0o755)
    return file
  }

  it.each([
    ['one that fails, with what it said', 'echo "no such codec" >&2; exit 1', /^ffmpeg ended: no such codec$/, 60_000],
    ['one that stands still, after a while', 'exec sleep 600', /no picture within 500 ms/, 500],
    ['one that talks nonsense', 'echo nonsense nonsense nonsense; exec sleep 600', /not FLV/, 60_000],
  ])('%s', async (_what, script, message, mixStartMs) => {
    const cloud = await start()
    await cloud.streaming.close()
    await cloud.restart({ ffmpeg: program(cloud, script), mixStartMs })
    await live(cloud, 'a')
    const request = cloud.live().CreateCommonMixStream(sideBySide(['a']))
    await expect(request).rejects.toMatchObject({
      code: 'FailedOperation.ProcessMixError',
      message: expect.stringMatching(message),
    })
    expect(cloud.callbacks.filter(({ stream_id }) => stream_id === 'mix')).toEqual([])
    const cancel = cloud.live().CancelCommonMixStream({ MixStreamSessionId: 'room_1' })
    await expect(cancel).rejects.toMatchObject({ code: 'InvalidParameter.CancelSessionNotExist' })
  })

  it('what Tencent refuses', async () => {
    const cloud = await start()
    await Promise.all([live(cloud, 'a'), live(cloud, 'busy')])
    await cloud.live().CreateCommonMixStream(sideBySide(['a']))
    const cases: [CreateCommonMixStreamRequest, string][] = [
      [sideBySide(['a'], { output: 'other' }), 'InvalidParameter.SessionOutputStreamChanged'],
      [sideBySide(['a'], { session: 'room_2' }), 'InvalidParameter.InvalidOutputStreamID'],
      [sideBySide(['a'], { session: 'room_2', output: 'busy' }), 'InvalidParameter.InvalidOutputStreamID'],
      [sideBySide(['a'], { session: 'room_2', output: 'a' }), 'InvalidParameter.InvalidOutputType'],
      [sideBySide(['a', 'gone']), 'FailedOperation.StreamNotExist'],
      [sideBySide(['a', 'a', 'a', 'a']), 'InvalidParameter.OtherError'],
      [sideBySide([]), 'InvalidParameter.InvalidLayerParam'],
      [sideBySide(['a'], { session: 'room 2' }), 'InvalidParameterValue'],
      [{ ...sideBySide(['a']), InputStreamList: [] }, 'MissingParameter'],
      [{ ...sideBySide(['a']), MixStreamTemplateId: 20 }, 'UnsupportedOperation'],
    ]
    for (const [request, code] of cases) {
      const outcome = await cloud
        .live()
        .CreateCommonMixStream(request)
        .catch((error: { code: string }) => error.code)
      expect([request.MixStreamSessionId, outcome]).toEqual([request.MixStreamSessionId, code])
    }
    // All that has not touched the mix that runs.
    expect((await cloud.live().DescribeLiveStreamState({ ...place, StreamName: 'mix' })).StreamState).toBe('active')
  })
})

it('answers a call that a newer one of the session has overtaken, and shows the newer layout', async () => {
  const cloud = await start()
  await live(cloud, 'a')
  const outcomes = await Promise.allSettled([
    cloud.live().CreateCommonMixStream(sideBySide(['a'])),
    cloud.live().CreateCommonMixStream(sideBySide(['a'], { color: '0x00CC66' })),
  ])
  // Which of them came first is the network's choice; one has overtaken the other, or both were shown.
  expect(outcomes.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1)
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') expect(outcome.reason.message).toContain('replaced by a newer layout')
  }
  await eventually(async () => mixers().length === 1)
})
