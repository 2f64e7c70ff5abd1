import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { findFfmpeg, NO_FFMPEG } from './mixing/ffmpeg'
import type { StreamingOptions, StreamingPatch } from './options'
import type { StreamingPorts } from './server'
import type { FromWorker, ToWorker } from './worker'

export type { StreamingOptions, StreamingPatch } from './options'

/** Whether streams can be mixed on this machine: true, or what is missing, in plain words. */
export function mixingAbility(ffmpeg: string | null = ''): true | string {
  return findFfmpeg(ffmpeg) === null ? NO_FFMPEG : true
}

/** A port could not be opened; the message names the variable to change. */
export class PortError extends Error {
  override readonly name = 'PortError'

  constructor(
    /** System code, e.g. `EADDRINUSE`, `EACCES`. */
    readonly code: string,
    readonly port: number,
    readonly variable: 'PORT' | 'RTMP_PORT',
    detail: string,
  ) {
    const cause = code === 'EADDRINUSE' ? 'is already in use' : `cannot be opened (${detail})`
    super(`Port ${port} ${cause}. Stop what holds it, or set ${variable} to another port (0 = any free one).`)
  }
}

export interface Streaming extends StreamingPorts {
  /** Changes keys, upstream or callback address; effective from the next request. */
  configure(patch: StreamingPatch): void
  /** Ends all streams and frees both ports. */
  close(): Promise<void>
}

export interface StreamingHooks {
  /**
   * The worker died. It is started again on the same ports, up to three times a minute, and pushers reconnect by
   * themselves; after that `final` is true and streaming stays down. Default: report on stderr, throw when final.
   */
  onCrash?: (error: Error, final: boolean) => void
}

const MAX_CRASHES = 3
const CRASH_WINDOW_MS = 60_000
const CLOSE_TIMEOUT_MS = 3000

/**
 * Starts the streaming stand-in in a worker of its own, so that a compile or a query in this thread never delays a frame.
 * Rejects with PortError when a port is taken.
 */
export async function startStreaming(options: StreamingOptions, hooks: StreamingHooks = {}): Promise<Streaming> {
  const onCrash = hooks.onCrash ?? reportCrash
  const current: StreamingOptions = { ...options }
  const crashes: number[] = []
  let closing = false
  let worker: Worker

  const start = async (): Promise<StreamingPorts> => {
    worker = new Worker(join(__dirname, 'worker.cjs'), { workerData: current, execArgv: [] })
    const ports = await firstAnswer(worker, current)
    let reason: Error | null = null
    worker.once('error', (error: Error) => {
      reason = error
    })
    worker.once('exit', (code) => crashed(reason ?? new Error(`exit code ${code}`)))
    return ports
  }
  const crashed = (error: Error): void => {
    if (closing) return
    const now = Date.now()
    crashes.push(now)
    const final = crashes.filter((at) => now - at < CRASH_WINDOW_MS).length > MAX_CRASHES
    onCrash(error, final)
    if (!final) start().catch((failure: Error) => onCrash(failure, true))
  }

  const ports = await start()
  Object.assign(current, ports)
  return {
    ...ports,
    configure(patch) {
      Object.assign(current, patch)
      tell(worker, { type: 'configure', patch })
    },
    async close() {
      closing = true
      await stop(worker)
    },
  }
}

function tell(worker: Worker, message: ToWorker): void {
  worker.postMessage(message)
}

/** Waits until the ports are open; rejects, with the worker ended, if that fails. */
function firstAnswer(worker: Worker, options: StreamingOptions): Promise<StreamingPorts> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('exit', (code) => reject(new Error(`the streaming worker ended at its start, exit code ${code}`)))
    worker.once('message', (message: FromWorker) => {
      worker.removeListener('error', reject)
      if (message.type === 'ready') return resolve({ httpPort: message.httpPort, rtmpPort: message.rtmpPort })
      void worker.terminate()
      if (message.type !== 'failed') return reject(new Error('the streaming worker closed at its start'))
      const variable = message.port === options.rtmpPort ? 'RTMP_PORT' : 'PORT'
      reject(new PortError(message.code, message.port, variable, message.message))
    })
  })
}

/** Asks the worker to end, and ends it if it does not. */
async function stop(worker: Worker): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, CLOSE_TIMEOUT_MS)
    worker.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    tell(worker, { type: 'close' })
  })
  await worker.terminate()
}

function reportCrash(error: Error, final: boolean): void {
  console.error(`streaming worker failed${final ? ' too often' : ', starting it again'}:`, error)
  if (final) throw error
}
