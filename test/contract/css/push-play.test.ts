import { createHash } from 'node:crypto'
import { once } from 'node:events'
import WebSocket from 'ws'
import { CALLBACK_KEY, Cloud, sign } from './cloud'
import { probe, push, sampleFlv, stopAll } from './ffmpeg'

let cloud: Cloud
beforeAll(async () => {
  cloud = await new Cloud().start()
})
afterAll(() => cloud.stop())
afterEach(stopAll)

it('brings what ffmpeg pushes over RTMP to players of RTMP, HTTP-FLV and HLS', async () => {
  push(cloud.rtmp(`/live/show?${sign('show')}`))
  await cloud.event(1, 'show')
  const players = [cloud.rtmp('/live/show'), cloud.http('/live/show.flv'), cloud.http('/live/show.m3u8')]
  for (const seen of await Promise.all(players.map(probe))) {
    expect(seen.codecs).toEqual(['aac', 'h264'])
    expect(seen.frames).toBeGreaterThan(10)
  }
}, 30_000)

it('brings a push over a WebSocket to a player of a WebSocket, from a key frame on', async () => {
  const pusher = new WebSocket(cloud.ws(`/live/page.flv?${sign('page')}`), 'publisher')
  const [greeting] = await once(pusher, 'message')
  expect(String(greeting)).toBe('ok')
  const sample = sampleFlv(2)
  pusher.send(sample.subarray(0, 1000))
  pusher.send(sample.subarray(1000))
  await cloud.event(1, 'page')
  const player = new WebSocket(cloud.ws('/live/page.flv'))
  const received: Buffer[] = []
  player.on('message', (data: Buffer) => received.push(data))
  await once(player, 'message')
  pusher.close()
  const [code, reason] = await once(player, 'close')
  expect([code, String(reason)]).toEqual([1000, 'stream end'])
  const flv = Buffer.concat(received)
  expect(flv.toString('latin1', 0, 3)).toBe('FLV')
  expect(flv[4]).toBe(5)
  const firstFrame = received.find((bytes) => bytes[0] === 9 && bytes[12] === 1)
  expect((firstFrame?.[11] ?? 0) >> 4).toBe(1)
  expect((await cloud.event(0, 'page')).errcode).toBe(1)
})

it.each([
  ['video only', { audio: false }, ['h264'], 1],
  ['audio only', { video: false }, ['aac'], 4],
])(
  'plays a push with %s, and the header claims no other track',
  async (_what, tracks, codecs, flags) => {
    const name = codecs[0] ?? ''
    push(cloud.rtmp(`/live/${name}?${sign(name)}`), tracks)
    await cloud.event(1, name)
    const [flv, hls] = await Promise.all([
      probe(cloud.http(`/live/${name}.flv`)),
      probe(cloud.http(`/live/${name}.m3u8`)),
    ])
    expect([flv.codecs, hls.codecs]).toEqual([codecs, codecs])
    const response = await fetch(cloud.http(`/live/${name}.flv`))
    const reader = response.body?.getReader()
    const { value } = (await reader?.read()) ?? {}
    expect(value?.[4]).toBe(flags)
    await reader?.cancel()
  },
  30_000,
)

it('reports start and end in order, with one sequence and a sign, also when the encoder is killed', async () => {
  const encoder = push(cloud.rtmp(`/live/killed?${sign('killed')}`))
  const start = await cloud.event(1, 'killed')
  await probe(cloud.http('/live/killed.flv'))
  const killedAt = Date.now()
  encoder.process.kill('SIGKILL')
  const end = await cloud.event(0, 'killed')
  expect(Date.now() - killedAt).toBeLessThan(1000)
  expect(end).toMatchObject({ sequence: start.sequence, errcode: 1, width: 320, height: 240, appname: 'live' })
  expect(Number(end.push_duration)).toBeGreaterThan(0)
  for (const event of [start, end]) {
    expect(event.sign).toBe(createHash('md5').update(`${CALLBACK_KEY}${event.t}`).digest('hex'))
  }
})

it('ends RTMP, HTTP-FLV and HLS players with the stream', async () => {
  const encoder = push(cloud.rtmp(`/live/brief?${sign('brief')}`))
  await cloud.event(1, 'brief')
  const response = await fetch(cloud.http('/live/brief.flv'))
  const playlist = await fetch(cloud.http('/live/brief.m3u8'))
  expect([response.status, playlist.status]).toEqual([200, 200])
  const segment = /^\/hls\/\S+/m.exec(await playlist.text())?.[0] ?? ''
  expect((await fetch(cloud.http(segment))).status).toBe(200)
  encoder.process.kill('SIGKILL')
  expect((await response.arrayBuffer()).byteLength).toBeGreaterThan(1000)
  const after = [cloud.http('/live/brief.flv'), cloud.http('/live/brief.m3u8'), cloud.http(segment)]
  for (const url of after) expect((await fetch(url)).status).toBe(404)
})
