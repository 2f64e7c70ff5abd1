import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import type { StreamingOptions } from '../../../local/css'

const MAIN = resolve(__dirname, 'streaming-main.ts')

export interface StreamingProcess {
  child: ChildProcess
  httpPort: number
  rtmpPort: number
  /** Ends it as a crash would. */
  kill(): Promise<void>
}

/** The streaming stand-in as a process of its own, to be killed. */
export async function startProcess(options: StreamingOptions): Promise<StreamingProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, JSON.stringify(options)], {
    cwd: resolve(__dirname, '../../..'),
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const [ports] = (await once(child, 'message')) as [{ httpPort: number; rtmpPort: number }]
  return {
    child,
    ...ports,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
