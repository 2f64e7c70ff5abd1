import { once } from 'node:events'
import { connect } from 'node:net'
import { encodeAmf0Cmd } from 'node-media-server/src/protocol/amf.js'
import WebSocket from 'ws'
import { FLV_HEADER, tag } from '../../support/flv'
import fc from '../../support/property'
import { Cloud, sign } from './cloud'

let cloud: Cloud
const crashes: Error[] = []
let witness: WebSocket
beforeAll(async () => {
  cloud = await new Cloud().start({ idleMs: 60_000 }, { onCrash: (error) => crashes.push(error) })
  witness = new WebSocket(cloud.ws(`/live/witness.flv?${sign('witness')}`), 'publisher')
  await once(witness, 'message')
})
/** Whatever a stranger sends: the worker never died, and a stream that was live is live. */
afterEach(async () => {
  expect(crashes).toEqual([])
  const viewer = await fetch(cloud.http('/live/witness.flv'))
  expect(viewer.status).toBe(200)
  await viewer.body?.cancel()
})
afterAll(async () => {
  witness.close()
  await cloud.stop()
})

/** Sends bytes and returns what came back once the server has closed, or is silent for so long. */
function send(port: number, bytes: Uint8Array | string, silenceMs = 50): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    let text = ''
    socket.on('data', (data) => {
      text += data.toString('latin1')
    })
    socket.setTimeout(silenceMs, () => socket.destroy())
    socket.on('error', () => socket.destroy())
    socket.on('close', () => resolve(text))
  })
}

const bytes = fc.uint8Array({ maxLength: 4000 })
const HANDSHAKE = Buffer.concat([Buffer.of(3), Buffer.alloc(2 * 1536)])

/** One AMF0 command in one chunk. */
function command(message: { cmd: string; [field: string]: unknown }): Buffer {
  const payload = encodeAmf0Cmd(message)
  const chunks: Buffer[] = [Buffer.from([3, 0, 0, 0, 0, payload.length >> 8, payload.length, 20, 0, 0, 0, 0])]
  for (let i = 0; i < payload.length; i += 128) {
    if (i > 0) chunks.push(Buffer.of(0xc3))
    chunks.push(payload.subarray(i, i + 128))
  }
  return Buffer.concat(chunks)
}

it('on the RTMP port: random bytes, before and after the handshake', async () => {
  const property = fc.asyncProperty(bytes, fc.boolean(), async (data, shaken) => {
    await send(cloud.streaming.rtmpPort, shaken ? Buffer.concat([HANDSHAKE, data]) : data)
  })
  await fc.assert(property, { numRuns: 40 })
})

it.each([
  ['a tcUrl that is no URL', [{ cmd: 'connect', transId: 1, cmdObj: { app: 'live', tcUrl: 'not a url' } }]],
  ['no tcUrl', [{ cmd: 'connect', transId: 1, cmdObj: { app: 'live' } }]],
  ['a push before connect', [{ cmd: 'publish', transId: 1, cmdObj: null, streamName: 's', type: 'live' }]],
  ['a stream name that is a number', [{ cmd: 'publish', transId: 1, cmdObj: null, streamName: 7, type: 'live' }]],
  ['a play without a name', [{ cmd: 'play', transId: 1, cmdObj: null }]],
])('on the RTMP port: %s', async (_fault, commands) => {
  await send(cloud.streaming.rtmpPort, Buffer.concat([HANDSHAKE, ...commands.map(command)]))
})

it('on the RTMP port: a good push behind a refused one, which has ended the connection', async () => {
  const connectTo = { cmd: 'connect', transId: 1, cmdObj: { app: 'live', tcUrl: cloud.rtmp('/live') } }
  const publish = (query: string) => ({
    cmd: 'publish',
    transId: 0,
    cmdObj: null,
    streamName: `late?${query}`,
    type: 'live',
  })
  const commands = [connectTo, publish('txSecret=0&txTime=ffffffff'), publish(sign('late'))]
  const answer = await send(cloud.streaming.rtmpPort, Buffer.concat([HANDSHAKE, ...commands.map(command)]))
  expect(answer).toContain('txSecret mismatch')
  expect(answer).not.toContain('NetStream.Publish.Start')
  expect((await fetch(cloud.http('/live/late.flv'))).status).toBe(404)
})

it('on the HTTP port: random bytes get 400 or nothing', async () => {
  const property = fc.asyncProperty(bytes, async (data) => {
    expect(await send(cloud.streaming.httpPort, data)).toMatch(/^(HTTP\/1\.1 400 |$)/)
  })
  await fc.assert(property, { numRuns: 30 })
})

it.each([
  ['an empty segment', '//'],
  ['an empty segment before a live stream', '//live/witness.flv'],
  ['a climb out of HLS', '/hls/witness/..'],
  ['a climb to the forbid list', '/hls/witness/../../css.json'],
  ['a null byte', '/hls/witness/segment-1-1.ts%00'],
  ['a climb within', '/live/../live/witness.m3u8'],
  ['an encoded climb', '/live/%2e%2e.flv'],
  ['no name and a broken query', '/live/.m3u8?txTime=%'],
  ['a broken absolute URL', 'http://[/'],
  ['an asterisk', '*'],
  ['a control character', '/\x7f'],
  ['20,000 letters', `/${'a'.repeat(20_000)}`],
])('on the HTTP port: a path with %s is answered with an error', async (_fault, path) => {
  const answer = await send(
    cloud.streaming.httpPort,
    `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n`,
    5000,
  )
  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
})

it.each([
  [
    'an upgrade without a key',
    'GET /live/witness.flv HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  ],
  ['an upgrade to something else', 'GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n'],
  ['a CONNECT', 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'],
  ['a body that never comes', 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-TC-Action: a\r\nContent-Length: 99\r\n\r\n'],
])('on the HTTP port: %s', async (_fault, text) => {
  expect(await send(cloud.streaming.httpPort, text)).toMatch(/^(HTTP\/1\.1 (400|404|426) |$)/)
})

it('on a WebSocket push: random bytes after a good and a bad FLV header end that push only', async () => {
  let count = 0
  const property = fc.asyncProperty(
    fc.array(bytes, { minLength: 1, maxLength: 4 }),
    fc.boolean(),
    async (parts, good) => {
      count += 1
      const name = `fuzz-${count}`
      const socket = new WebSocket(cloud.ws(`/live/${name}.flv?${sign(name)}`), 'publisher')
      await once(socket, 'message')
      if (good) socket.send(FLV_HEADER)
      for (const part of parts) socket.send(part)
      socket.close()
      await once(socket, 'close')
    },
  )
  await fc.assert(property, { numRuns: 30 })
})

it('on a WebSocket push: well-framed tags with random bodies', async () => {
  const socket = new WebSocket(cloud.ws(`/live/tags.flv?${sign('tags')}`), 'publisher')
  await once(socket, 'message')
  const viewer = new WebSocket(cloud.ws('/live/tags.flv'))
  await once(viewer, 'open')
  const bodies = fc.sample(fc.tuple(fc.constantFrom(8, 9, 18, 15), fc.uint8Array({ maxLength: 50 })), 300)
  socket.send(FLV_HEADER)
  for (const [type, body] of bodies) {
    if (socket.readyState === WebSocket.OPEN) socket.send(tag(type, 0, body))
  }
  socket.close()
  await once(viewer, 'close')
})

it('on a WebSocket: frames that break the protocol', async () => {
  const head = `GET /live/witness.flv HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n`
  const keys = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n'
  const property = fc.asyncProperty(fc.uint8Array({ minLength: 2, maxLength: 200 }), async (frame) => {
    const answer = await send(cloud.streaming.httpPort, Buffer.concat([Buffer.from(head + keys), frame]))
    expect(answer).toMatch(/^HTTP\/1\.1 101 /)
  })
  await fc.assert(property, { numRuns: 20 })
})
