import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import WebSocket from 'ws'
import { createStreamingServer, type StreamingServer } from '../../../local/css/server'
import { eventually } from '../../support/eventually'
import { body, FLV_HEADER, tag, VIDEO } from '../../support/flv'
import { sign } from './cloud'

setFlagsFromString('--expose-gc')
/** Bytes in buffers that have not been freed; the engine frees those of dead objects in its own time, beside us. */
const heldBytes = (): number => {
  const gc = runInNewContext('gc') as () => void
  gc()
  return process.memoryUsage().arrayBuffers
}

const MB = 1 << 20
const FRAME_BYTES = 100_000

/** An H.264 frame of 100 kB as an FLV tag. */
const frame = (key: boolean, timestamp: number): Buffer =>
  tag(VIDEO, timestamp, key ? body.key(1, FRAME_BYTES) : body.inter(2, FRAME_BYTES))
const HEAD = Buffer.concat([FLV_HEADER, tag(VIDEO, 0, body.videoConfig)])

let server: StreamingServer
let port = 0
let folder: string
// In this thread and not in the worker, to see its memory.
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'slow-'))
  const keys = { pushKey: 'push-key', callbackKey: '', apiSecretId: '', apiSecretKey: '', callbackRetryMs: [] }
  const warn = jest.spyOn(console, 'warn').mockReturnValue()
  server = createStreamingServer({
    httpPort: 0,
    rtmpPort: 0,
    upstream: { port: 1 },
    mediaDir: join(folder, 'm'),
    ...keys,
  })
  port = (await server.listen()).httpPort
  warn.mockClear()
})
afterAll(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
  jest.restoreAllMocks()
})

it('keeps 20 viewers who never read within bounds, and shows one who wakes up whole pictures again', async () => {
  const pusher = new WebSocket(`ws://127.0.0.1:${port}/live/s.flv?${sign('s')}`, 'publisher')
  await once(pusher, 'message')
  pusher.send(HEAD)
  let time = 0
  const push = async (frames: number): Promise<void> => {
    for (let i = 0; i < frames; i++) {
      time += 40
      pusher.send(frame(time % 1000 === 0, time))
      // The server answers a ping only after it has taken the frames before it.
      if (i % 50 === 49) {
        pusher.ping()
        await once(pusher, 'pong')
      }
    }
  }
  await push(50)

  const stuck: Socket[] = []
  for (let i = 0; i < 20; i++) {
    const socket = connect({ port, host: '127.0.0.1', onread: undefined })
    socket.pause()
    await once(socket, 'connect')
    socket.write('GET /live/s.flv HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
    stuck.push(socket)
  }
  await push(50)
  // Other test files have run in this process before and left theirs.
  const before = heldBytes()
  await push(3000)
  // 300 MB went by. Queues hold at most some 2 MB for each viewer, mostly the same bytes.
  await eventually(async () => heldBytes() - before < 100 * MB)

  const [sleeper] = stuck as [Socket]
  let received = 0
  let tail = Buffer.alloc(0)
  sleeper.on('data', (data: Buffer) => {
    received += data.length
    tail = Buffer.concat([tail, data]).subarray(-4 * FRAME_BYTES)
  })
  sleeper.resume()
  const last = () => tail.includes(frame(time % 1000 === 0, time).subarray(0, 16))
  for (let i = 0; i < 40 && !last(); i++) await push(50)
  expect(last()).toBe(true)
  expect(received).toBeLessThan(200 * MB)
  for (const socket of stuck) socket.destroy()
  pusher.terminate()
}, 60_000)
