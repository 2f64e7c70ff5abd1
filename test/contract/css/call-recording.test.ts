import { createCssStreaming } from '../../../cloudfunctions/adapters/streaming-css'
import { mixOutput } from '../../../cloudfunctions/core/mixing/output'
import { createRoomService, type RoomService } from '../../../cloudfunctions/core/service'
import type { SeatGrant } from '../../../miniprogram/protocol/link'
import { VIDEO } from '../../support/flv'
import { config as usual } from '../../support/room-config'
import { anna, bob, openWorld, person, type World } from '../room-service/world'
import { Cloud, PUSH_KEY, SECRET_ID, SECRET_KEY } from './cloud'
import { picture, push, stopAll } from './ffmpeg'

// The rules, the adapter and a streaming cloud that really mixes and records.
let cloud: Cloud
let world: World
let service: RoomService
jest.setTimeout(180_000)

async function open(change: Parameters<Cloud['start']>[0] = {}): Promise<void> {
  cloud = await new Cloud().start({ mixStartMs: 60_000, ...change })
  world = await openWorld()
  world.clock.now = Date.now()
  const endpoint = `127.0.0.1:${cloud.streaming.httpPort}`
  const place = { endpoint, protocol: 'http://', pushDomain: 'push.local', app: 'live' }
  const streaming = createCssStreaming({ ...place, secretId: SECRET_ID, secretKey: SECRET_KEY }, { timeoutS: 90 })
  const live = { ...usual.live, pushBase: cloud.rtmp('/live'), pushKey: PUSH_KEY }
  service = createRoomService({ ...world.deps, streaming, config: { ...usual, live }, now: Date.now })
}
afterEach(async () => {
  await stopAll()
  await cloud.stop()
  await world.close()
})

/** Pushes a moving picture to where the seat says, and passes on what the streaming cloud tells of it. */
async function speak({ push: { url } }: SeatGrant, hertz: number): Promise<string> {
  const stream = new URL(url).pathname.split('/').at(-1) ?? ''
  push(url, { hertz })
  const { sequence, event_time } = await cloud.event(1, stream)
  await service.streamEvent({ type: 'begin', stream, sequence, eventAt: Number(event_time) * 1000 })
  return stream
}
const create = { title: 'A claim', cover: 'jade', kind: 'call', record: true } as const
async function seatIn(roomId: string, who = bob): Promise<SeatGrant> {
  const { seat } = await service.actions.enter(who, { roomId, consent: true })
  if (!seat) throw new Error('a call gives a seat')
  return seat
}
async function openCall(requestId: string): Promise<{ roomId: string; seat: SeatGrant }> {
  const { room, seat } = await service.actions.create(anna, { ...create, requestId })
  if (!seat) throw new Error('a call gives a seat')
  return { roomId: room.roomId, seat }
}
/** Watches so much (ms) of a live picture, by its own time. */
async function watched(url: string, ms: number): Promise<void> {
  const reader = (await fetch(url)).body?.getReader()
  let flv = Buffer.alloc(0)
  let [offset, first, last] = [13, Number.POSITIVE_INFINITY, 0]
  while (reader && last - first < ms) {
    const { value, done } = await reader.read()
    if (done) throw new Error(`${url} has ended`)
    flv = Buffer.concat([flv, value])
    for (; offset + 11 <= flv.length; offset += 15 + flv.readUIntBE(offset + 1, 3)) {
      last = flv.readUIntBE(offset + 4, 3)
      if (flv[offset] === VIDEO && last > 0) first = Math.min(first, last)
    }
  }
  await reader?.cancel()
}

/** How much of a part of the picture is another a moment later, 0 to 1. `left` and `right` in pixels. */
async function moves(url: string, at: [number, number], left: number, right: number): Promise<number> {
  const [one, two] = [await picture(url, at[0]), await picture(url, at[1])]
  const places = Array.from({ length: 400 }, (_, i) => [
    left + Math.floor(((right - left) * (i % 20)) / 20),
    Math.floor((one.height * Math.floor(i / 20)) / 20),
  ])
  return places.filter(([x = 0, y = 0]) => one.at(x, y) !== two.at(x, y)).length / places.length
}

it('is one file in which both sides move, though a third one comes and goes', async () => {
  await open()
  const { roomId, seat } = await openCall('call-1')
  await speak(seat, 440)
  const mix = mixOutput(usual, roomId)
  await cloud.event(332, mix)
  await speak(await seatIn(roomId), 1000)
  await speak(await seatIn(roomId, person('openid-carol')), 700)
  await service.actions['seat.leave'](person('openid-carol'), { roomId })
  const shows = () => picture(cloud.http(`/live/${mix}.flv`))
  expect(await shows()).toMatchObject({ width: 960, height: 960 })
  // Two are side by side again; what was recorded before shows other places, so the end is looked at.
  await watched(cloud.http(`/live/${mix}.flv`), 6000)
  await service.actions.close(anna, { roomId })
  const file = await cloud.event(100, mix)
  expect(cloud.callbacks.filter(({ event_type }) => event_type === 100)).toHaveLength(1)
  const [url, length] = [String(file.video_url), Number(file.duration)]
  const late: [number, number] = [length - 3, length - 1.5]
  expect(await moves(url, late, 0, 480)).toBeGreaterThan(0.05)
  expect(await moves(url, late, 480, 960)).toBeGreaterThan(0.05)
})

it('without a mixer is one file for each of them', async () => {
  await open({ ffmpeg: null })
  const { roomId, seat } = await openCall('call-2')
  const streams = [await speak(seat, 440), await speak(await seatIn(roomId), 1000)]
  await Promise.all(streams.map((stream) => cloud.event(332, stream)))
  await Promise.all(streams.map((stream) => watched(cloud.http(`/live/${stream}.flv`), 5000)))
  await service.actions.close(anna, { roomId })
  for (const stream of streams) {
    const file = await cloud.event(100, stream)
    expect(await moves(String(file.video_url), [0.5, 2], 0, 320)).toBeGreaterThan(0.02)
  }
})
