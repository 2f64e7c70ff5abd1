import { once } from 'node:events'
import WebSocket, { type ClientOptions } from 'ws'
import { FLV_HEADER, SCRIPT, tag } from '../../support/flv'
import { Cloud, sign } from './cloud'
import { push, stopAll } from './ffmpeg'

let cloud: Cloud
beforeAll(async () => {
  cloud = await new Cloud().start({ playKey: 'play-key', idleMs: 300, pingMs: 50 })
})
afterAll(() => cloud.stop())
afterEach(stopAll)

const MINUTE_AGO = -60

const faults = [
  ['without a signature', 'live/s', '', 'missing txSecret/txTime'],
  ['with an expired signature', 'live/s', sign('s', undefined, MINUTE_AGO), 'txTime expired'],
  ['with the signature of another stream', 'live/s', sign('other'), 'txSecret mismatch'],
  ['signed with the play key', 'live/s', sign('s', 'play-key'), 'txSecret mismatch'],
] as const

async function closing(socket: WebSocket): Promise<[number, string]> {
  const [code, reason] = await once(socket, 'close')
  return [code, String(reason)]
}

const publisher = (name: string, query: string, options: ClientOptions = {}): WebSocket =>
  new WebSocket(cloud.ws(`/live/${name}.flv?${query}`), 'publisher', options)

/** A push that has been accepted and has sent its header. */
async function accepted(name: string, options: ClientOptions = {}): Promise<WebSocket> {
  const socket = publisher(name, sign(name), options)
  await once(socket, 'message')
  socket.send(FLV_HEADER)
  return socket
}

/** Keeps a push busy, with tags that nobody plays, until it is closed. */
function keepSending(socket: WebSocket): void {
  const timer = setInterval(() => socket.send(tag(SCRIPT, 0, Buffer.alloc(2))), 50)
  socket.on('close', () => clearInterval(timer))
}

it.each(faults)('tells an RTMP encoder that pushes %s what is wrong', async (_fault, path, query, text) => {
  const result = await push(cloud.rtmp(`/${path}?${query}`)).ended
  expect(result.code).not.toBe(0)
  expect(result.text).toContain(text)
})

it.each(faults)('tells a page that pushes %s what is wrong', async (_fault, _path, query, text) => {
  expect(await closing(publisher('s', query))).toEqual([4003, text])
})

it('refuses another app: RTMP with a text, HTTP like any unknown page', async () => {
  expect((await push(cloud.rtmp(`/vod/s?${sign('s')}`)).ended).text).toContain('bad stream path')
  expect((await fetch(cloud.http('/vod/s.flv'))).status).toBe(404)
})

it('reports no callback for a refused push', async () => {
  const push = await accepted('marker')
  push.close()
  await cloud.event(0, 'marker')
  expect(cloud.callbacks.filter((event) => event.stream_id === 's')).toEqual([])
})

it('refuses a second push of a live stream and leaves the first alone', async () => {
  const first = await accepted('taken')
  keepSending(first)
  const rtmp = push(cloud.rtmp(`/live/taken?${sign('taken')}`)).ended
  expect(await closing(publisher('taken', sign('taken')))).toEqual([4003, 'already publishing'])
  expect((await rtmp).text).toContain('already publishing')
  expect(first.readyState).toBe(WebSocket.OPEN)
  first.close()
})

it('tells players what is wrong: HTTP by status, WebSocket by close code', async () => {
  const live = await accepted('watched')
  keepSending(live)
  const play = (query: string) => fetch(cloud.http(`/live/watched.flv?${query}`))
  for (const query of ['', sign('other', 'play-key'), sign('watched', 'guess')])
    expect((await play(query)).status).toBe(403)
  expect((await fetch(cloud.http('/live/watched.m3u8'))).status).toBe(403)
  for (const key of ['play-key', 'push-key']) {
    const response = await play(sign('watched', key))
    expect(response.status).toBe(200)
    await response.body?.cancel()
  }
  expect((await fetch(cloud.http(`/live/gone.flv?${sign('gone', 'play-key')}`))).status).toBe(404)
  expect(await closing(new WebSocket(cloud.ws('/live/watched.flv')))).toEqual([4003, 'missing txSecret/txTime'])
  const absent = new WebSocket(cloud.ws(`/live/gone.flv?${sign('gone', 'play-key')}`))
  expect(await closing(absent)).toEqual([4004, 'no such stream'])
  live.close()
})

it('ends a page that pushes nothing any more, with errcode 8', async () => {
  const socket = await accepted('silent')
  expect((await closing(socket))[0]).toBe(4008)
  expect(await cloud.event(0, 'silent')).toMatchObject({ errcode: 8 })
})

it('ends an RTMP encoder that pushes nothing any more, with errcode 8', async () => {
  const encoder = push(cloud.rtmp(`/live/frozen?${sign('frozen')}`))
  await cloud.event(1, 'frozen')
  encoder.process.kill('SIGSTOP')
  expect(await cloud.event(0, 'frozen')).toMatchObject({ errcode: 8 })
})

it('notices a half-open page: it sends, but answers no ping', async () => {
  const socket = await accepted('half', { autoPong: false })
  keepSending(socket)
  expect((await closing(socket))[0]).toBe(1006)
  expect(await cloud.event(0, 'half')).toMatchObject({ errcode: 1 })
})
