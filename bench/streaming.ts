/**
 * What viewers cost: one stream of 1 Mbps, N viewers over HTTP-FLV, on this machine. The server runs in a process of its
 * own, and its CPU time is what the process used, worker and all. Goal: 200 viewers
 * under 15 % of one core.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import WebSocket from 'ws'
import { startStreaming } from '../local/css'
import { AUDIO, body, FLV_HEADER, tag, VIDEO } from '../test/support/flv'
import { printTable } from './table'

const VIEWERS = [0, 1, 50, 100, 200]
const SETTLE_MS = 2000
const WINDOW_MS = 8000
/** 25 pictures and 47 AAC packets a second, a key frame every two seconds: 1.0 Mbps. */
const FRAME_MS = 40
const AUDIO_MS = 1000 / 47
const KEY_EVERY = 50
const KEY = body.key(1, 30_000)
const INTER = body.inter(2, 4200)
const PACKET = body.audio(3, 180)

interface Usage {
  /** Processor time used so far, ms. */
  cpu: number
  rss: number
}

/** Child: the server; answers every message with what it has used. */
async function serve(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-css-'))
  const keys = { pushKey: '', callbackKey: '', apiSecretId: '', apiSecretKey: '', callbackRetryMs: [] }
  const callbackUrl = 'data:,'
  const ports = { httpPort: 0, rtmpPort: 0, upstream: { port: 1 } }
  const streaming = await startStreaming({ ...ports, ...keys, callbackUrl, mediaDir: join(folder, 'media') })
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    process.send?.({ cpu: (user + system) / 1000, rss: process.memoryUsage().rss } satisfies Usage)
  })
  process.once('disconnect', async () => {
    await streaming.close()
    rmSync(folder, { recursive: true, force: true })
  })
  process.send?.(streaming.httpPort)
}

/** Pushes the stream in real time until the result is called. */
async function push(port: number): Promise<() => void> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live/bench.flv`, 'publisher')
  await once(socket, 'message')
  socket.send(Buffer.concat([FLV_HEADER, tag(VIDEO, 0, body.videoConfig), tag(AUDIO, 0, body.audioConfig)]))
  const started = performance.now()
  let frames = 0
  let packets = 0
  const timer = setInterval(() => {
    const now = performance.now() - started
    for (; frames * FRAME_MS <= now; frames++) {
      socket.send(tag(VIDEO, frames * FRAME_MS, frames % KEY_EVERY === 0 ? KEY : INTER))
    }
    for (; packets * AUDIO_MS <= now; packets++) socket.send(tag(AUDIO, Math.round(packets * AUDIO_MS), PACKET))
  }, 10)
  return () => {
    clearInterval(timer)
    socket.close()
  }
}

/** Viewers who count what they get. */
class Audience {
  readonly #sockets: Socket[] = []
  bytes = 0

  async grow(count: number, port: number): Promise<void> {
    while (this.#sockets.length < count) {
      const socket = connect(port, '127.0.0.1')
      this.#sockets.push(socket)
      await once(socket, 'connect')
      socket.write('GET /live/bench.flv HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n')
      socket.on('data', (data) => {
        this.bytes += data.length
      })
    }
  }

  leave(): void {
    for (const socket of this.#sockets) socket.destroy()
  }
}

async function ask(server: ChildProcess): Promise<Usage> {
  server.send('usage')
  const [usage] = await once(server, 'message')
  return usage as Usage
}

async function main(): Promise<void> {
  const server = fork(__filename, ['serve'], { execArgv: process.execArgv })
  const [port] = (await once(server, 'message')) as [number]
  const stop = await push(port)
  const audience = new Audience()
  const rows: (string | number)[][] = [['viewers', 'CPU, % of one core', 'RSS, MB', 'out, Mbps']]
  for (const count of VIEWERS) {
    await audience.grow(count, port)
    await sleep(SETTLE_MS)
    const [before, bytes, started] = [await ask(server), audience.bytes, performance.now()]
    await sleep(WINDOW_MS)
    const [after, elapsed] = [await ask(server), performance.now() - started]
    const cpu = ((after.cpu - before.cpu) / elapsed) * 100
    const out = ((audience.bytes - bytes) * 8) / elapsed / 1000
    rows.push([count, cpu.toFixed(1), (after.rss / 1e6).toFixed(0), out.toFixed(1)])
  }
  audience.leave()
  stop()
  server.disconnect()
  printTable(rows)
}

const run = process.argv[2] === 'serve' ? serve : main
run().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
