import { parentPort, workerData } from 'node:worker_threads'
import type { StreamingOptions, StreamingPatch } from './options'
import { createStreamingServer, type StreamingPorts } from './server'

/** What the worker says. `failed`: a port could not be opened. */
export type FromWorker =
  | ({ type: 'ready' } & StreamingPorts)
  | { type: 'failed'; code: string; port: number; message: string }
  | { type: 'closed' }

/** What the worker is told. */
export type ToWorker = { type: 'configure'; patch: StreamingPatch } | { type: 'close' }

const port = parentPort
if (!port) throw new Error('local/css/worker.ts runs as a worker only')
const say = (message: FromWorker): void => port.postMessage(message)
const server = createStreamingServer(workerData as StreamingOptions)

port.on('message', (message: ToWorker) => {
  if (message.type === 'configure') return server.configure(message.patch)
  server.close().then(() => {
    say({ type: 'closed' })
    port.close()
  })
})

server.listen().then(
  (ports) => say({ type: 'ready', ...ports }),
  (error: NodeJS.ErrnoException & { port?: number }) =>
    say({ type: 'failed', code: error.code ?? 'UNKNOWN', port: error.port ?? 0, message: error.message }),
)
