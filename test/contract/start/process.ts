import { type ChildProcess, spawn } from 'node:child_process'
import { resolve } from 'node:path'

const ROOT = resolve(__dirname, '../../..')

export interface Started {
  child: ChildProcess
  /** Everything printed so far, both streams. */
  output(): string
  /** Settles with the exit status (128 + n is not made up: a signal gives null). */
  exited: Promise<number | null>
  /** Ports and health, once `/healthz` has said 200. */
  ready(): Promise<{ port: number; rtmpPort: number; base: string }>
}

const running = new Set<Started>()

/** Ends what a failed test has left running. */
export async function endAll(): Promise<void> {
  for (const { child, exited } of running) {
    child.kill('SIGKILL')
    await exited
  }
}

/** What `npm start` runs, as one process (tsx's own wrapper would outlive a SIGKILL's target), on free ports by default. */
export function npmStart(env: Record<string, string>, args: string[] = []): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', resolve(ROOT, 'local/main.ts'), ...args], {
    cwd: ROOT,
    env: { ...process.env, PORT: '0', RTMP_PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (text: Buffer) => {
      printed += text
    })
  }
  const exited = new Promise<number | null>((done) => child.once('close', done))
  const started: Started = {
    child,
    output: () => printed,
    exited,
    async ready() {
      for (;;) {
        const port = Number(/http:\/\/127\.0\.0\.1:(\d+)\//.exec(printed)?.[1] ?? 0)
        if (port) {
          const base = `http://127.0.0.1:${port}`
          const health = (await (await fetch(`${base}/healthz`)).json()) as { ok: boolean; rtmpPort: number }
          if (health.ok) return { port, rtmpPort: health.rtmpPort, base }
        }
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}:\n${printed}`)
        await new Promise((again) => setTimeout(again, 20))
      }
    },
  }
  running.add(started)
  void exited.then(() => running.delete(started))
  return started
}
