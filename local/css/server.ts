import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { dirname, join } from 'node:path'
import { StreamingApi } from './api'
import { liveActions } from './api-live'
import { mixActions } from './api-mix'
import { recordActions } from './api-record'
import { vodActions } from './api-vod'
import { Callbacks } from './callbacks'
import { createEdge } from './edge'
import { ForbidList } from './forbid-list'
import { Gate } from './gate'
import { HlsServer } from './hls-server'
import { Mixer } from './mixing/mixer'
import { type StreamingOptions, type StreamingPatch, withDefaults } from './options'
import { RecordEvents } from './recording/events'
import { MediaLibrary } from './recording/library'
import { Recorder } from './recording/recorder'
import { RecordTasks } from './recording/tasks'
import { serveRtmp } from './rtmp-session'
import { StreamTable } from './stream-table'
import { FlvWebSockets } from './ws-server'

export interface StreamingPorts {
  httpPort: number
  rtmpPort: number
}

export interface StreamingServer {
  /** Opens both ports. Rejects with the system's error; `port` of it says which one. */
  listen(): Promise<StreamingPorts>
  configure(patch: StreamingPatch): void
  close(): Promise<void>
}

/** The whole streaming stand-in in this thread; `startStreaming` runs it in a worker. */
export function createStreamingServer(options: StreamingOptions): StreamingServer {
  const config = withDefaults(options)
  const callbacks = new Callbacks(config)
  const table = new StreamTable({
    onStart(push) {
      callbacks.started(push)
      record()
      mixer.pushStarted(push)
    },
    onEnd(push, cause) {
      callbacks.ended(push, cause)
      record()
    },
  })
  const library = new MediaLibrary(config.mediaDir)
  const tasks = new RecordTasks(join(config.mediaDir, 'tasks.json'))
  const events = new RecordEvents(config, callbacks)
  const recorder = new Recorder({ table, tasks, library, events, now: Date.now })
  const record = (): void => {
    recorder.update().catch((error: unknown) => console.error('the recorder:', error))
  }
  const forbidden = new ForbidList(join(dirname(config.mediaDir), 'css.json'))
  const mixer = new Mixer({ config, table, forbidden })
  const gate = new Gate(config, table, forbidden)
  const deps = { gate, table, idleMs: config.idleMs }
  const sockets = new FlvWebSockets(deps, config.pingMs)
  const hls = new HlsServer(gate)
  const api = new StreamingApi(config, [
    {
      version: '2018-08-01',
      actions: {
        ...liveActions({ config, table, forbidden, now: Date.now }),
        ...recordActions({ config, tasks, recorder, now: Date.now }),
        ...mixActions(mixer),
      },
    },
    { version: '2018-07-17', actions: vodActions(config, library) },
  ])

  const rtmp = createTcpServer((socket) => serveRtmp(socket, deps))
  const http = createEdge({ app: config.app, upstream: () => config.upstream.port, gate, sockets, hls, api, library })
  const connections = new Set<Socket>()
  for (const server of [rtmp, http]) {
    server.on('connection', (socket: Socket) => {
      connections.add(socket)
      socket.on('close', () => connections.delete(socket))
    })
  }

  return {
    async listen() {
      const httpPort = await open(http, config.httpPort, config.host)
      const rtmpPort = await open(rtmp, config.rtmpPort, config.host)
      config.publicBase ||= `http://127.0.0.1:${httpPort}`
      config.callbackUrl ||= `http://127.0.0.1:${httpPort}/http/live-callback`
      record()
      recorder.recover().catch((error: unknown) => console.error('recordings left behind:', error))
      return { httpPort, rtmpPort }
    },
    configure(patch) {
      Object.assign(config, patch)
    },
    async close() {
      callbacks.close()
      const mixesEnded = mixer.close()
      sockets.close()
      hls.close()
      const closed = [rtmp, http].map((server) => new Promise<void>((resolve) => server.close(() => resolve())))
      for (const socket of connections) socket.destroy()
      await Promise.all([...closed, mixesEnded, recorder.close()])
    },
  }
}

function open(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.removeListener('error', reject)
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}
