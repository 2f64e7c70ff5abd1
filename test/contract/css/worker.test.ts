import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import WebSocket from 'ws'
import { PortError, startStreaming } from '../../../local/css'
import { eventually } from '../../support/eventually'
import { Cloud, sign } from './cloud'
import { mixers, push, runs } from './ffmpeg'

const workers: Worker[] = []
jest.mock('node:worker_threads', () => {
  const real = jest.requireActual<typeof import('node:worker_threads')>('node:worker_threads')
  class Recorded extends real.Worker {
    constructor(...args: ConstructorParameters<typeof real.Worker>) {
      super(...args)
      workers.push(this)
    }
  }
  return { ...real, Worker: Recorded }
})

const clouds: Cloud[] = []
afterEach(async () => {
  for (const cloud of clouds.splice(0)) await cloud.stop()
})

function newCloud(): Cloud {
  const cloud = new Cloud()
  clouds.push(cloud)
  return cloud
}

async function accepted(cloud: Cloud, name: string): Promise<WebSocket> {
  const socket = new WebSocket(cloud.ws(`/live/${name}.flv?${sign(name)}`), 'publisher')
  await once(socket, 'message')
  return socket
}

it.each([
  ['PORT', 'httpPort'],
  ['RTMP_PORT', 'rtmpPort'],
] as const)('says which variable to change when a port is taken: %s', async (variable, option) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const base = { httpPort: 0, rtmpPort: 0, upstream: { port: 1 }, mediaDir: '/tmp/unused/media' }
  const keys = { pushKey: 'p', callbackKey: 'c', apiSecretId: 'i', apiSecretKey: 'k' }
  const failure = await startStreaming({ ...base, ...keys, [option]: port }).catch((error: unknown) => error)
  taken.close()
  expect(failure).toBeInstanceOf(PortError)
  expect(failure).toMatchObject({ code: 'EADDRINUSE', port, variable })
  expect((failure as PortError).message).toContain(`set ${variable} to another port`)
})

it('frees both ports when it is closed, with pushers, viewers and idle clients connected', async () => {
  const cloud = await newCloud().start()
  const { httpPort, rtmpPort } = cloud.streaming
  const pusher = await accepted(cloud, 's')
  const viewer = await fetch(cloud.http('/live/s.flv'))
  const idle = connect(rtmpPort, '127.0.0.1')
  await once(idle, 'connect')
  // Being cut off is what they are here for.
  for (const client of [idle, pusher]) client.on('error', () => undefined)
  const started = performance.now()
  await cloud.streaming.close()
  // Otherwise it waits for the clients, and is ended by force after three seconds.
  expect(performance.now() - started).toBeLessThan(1500)
  await viewer.arrayBuffer()
  expect(pusher.readyState).not.toBe(WebSocket.OPEN)
  await cloud.restart({ httpPort, rtmpPort })
  expect(cloud.streaming).toMatchObject({ httpPort, rtmpPort })
})

it('takes new keys and a new callback address while it runs', async () => {
  const cloud = await newCloud().start({ callbackUrl: 'http://127.0.0.1:1/nobody', callbackRetryMs: [] })
  cloud.streaming.configure({ pushKey: 'new', callbackUrl: cloud.http('/http/live-callback') })
  const socket = new WebSocket(cloud.ws(`/live/s.flv?${sign('s', 'new')}`), 'publisher')
  await once(socket, 'message')
  expect(await cloud.event(1, 's')).toMatchObject({ event_type: 1 })
  socket.close()
})

it('comes back on the same ports after its worker died, and says so', async () => {
  const onCrash = jest.fn()
  const cloud = await newCloud().start({}, { onCrash })
  cloud.streaming.configure({ pushKey: 'changed' })
  const before = { ...cloud.streaming }
  await workers.at(-1)?.terminate()
  await once(workers.at(-1) as Worker, 'message')
  const socket = new WebSocket(cloud.ws(`/live/s.flv?${sign('s', 'changed')}`), 'publisher')
  expect(String((await once(socket, 'message'))[0])).toBe('ok')
  expect(onCrash.mock.calls).toEqual([[new Error('exit code 1'), false]])
  expect(cloud.streaming.httpPort).toBe(before.httpPort)
  socket.close()
})

it('leaves no ffmpeg behind when its worker dies, and loses no recording', async () => {
  const cloud = await newCloud().start({ mixStartMs: 60_000 }, { onCrash: jest.fn() })
  const encoder = push(cloud.rtmp(`/live/s?${sign('s')}`))
  await cloud.event(1, 's')
  const place = { AppName: 'live', DomainName: 'push.local', StreamName: 's' }
  const EndTime = Math.floor(Date.now() / 1000) + 3600
  const { TaskId } = await cloud.live().CreateRecordTask({ ...place, EndTime })
  await cloud.live().CreateCommonMixStream({
    MixStreamSessionId: 'm',
    InputStreamList: [{ InputStreamName: 's', LayoutParams: { ImageLayer: 1 } }],
    OutputParams: { OutputStreamName: 'mix', OutputStreamType: 1 },
  })
  const [mixer = 0] = mixers()
  expect(runs(mixer)).toBe(true)
  const media = join(cloud.folder, 'media')
  const grown = (file: string) => file.endsWith('.part') && statSync(join(media, file)).size > 10_000
  await eventually(async () => readdirSync(media).some(grown), 30_000)
  await workers.at(-1)?.terminate()
  expect(await cloud.event(100, 's')).toMatchObject({ task_id: TaskId })
  await eventually(async () => !runs(mixer), 30_000)
  encoder.process.kill('SIGKILL')
}, 60_000)

it('gives up loudly when its worker dies again and again', async () => {
  const finals: boolean[] = []
  await newCloud().start({}, { onCrash: (_error, final) => finals.push(final) })
  for (let i = 0; i < 3; i++) {
    await workers.at(-1)?.terminate()
    await once(workers.at(-1) as Worker, 'message')
  }
  await workers.at(-1)?.terminate()
  expect(finals).toEqual([false, false, false, true])
})
