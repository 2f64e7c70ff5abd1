import { type ChildProcess, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(__dirname, '../..')

/** `npm start`, running in a process of its own on free ports, with data in a folder of its own. */
export interface Stack {
  url: string
  port: number
  rtmpPort: number
  dataDir: string
  /** Everything it has printed. */
  output(): string
  /** Calls a cloud function as this user (a function that sees no OPENID when it is undefined). */
  call(
    name: string,
    event: unknown,
    openid?: string,
  ): Promise<{ result?: unknown; error?: { code: string; details?: object } }>
  /** Stops the process as Ctrl-C would. */
  stop(): Promise<void>
  /** Starts it again on the same ports and data. */
  start(): Promise<void>
  /** Stops it and removes its data. */
  dispose(): Promise<void>
}

const READY_WITHIN_MS = 90_000

export async function startStack(env: Record<string, string> = {}): Promise<Stack> {
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), 'live-kit-'))
  let child: ChildProcess | undefined
  let printed = ''
  const stack: Stack = {
    url: '',
    port: 0,
    rtmpPort: 0,
    dataDir,
    output: () => printed,
    async call(name, event, openid) {
      const headers = { 'content-type': 'application/json', ...(openid ? { 'x-dev-openid': openid } : {}) }
      const reply = await fetch(`${stack.url}/functions/${name}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(event),
      })
      return reply.json() as Promise<{ result?: unknown; error?: { code: string; details?: object } }>
    },
    async start() {
      const args = ['--import', 'tsx', path.join(root, 'local/main.ts'), '--no-watch']
      const run = spawn(process.execPath, args, {
        cwd: root,
        env: { ...process.env, PORT: String(stack.port), RTMP_PORT: String(stack.rtmpPort), DATA_DIR: dataDir, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      child = run
      const from = printed.length
      for (const stream of [run.stdout, run.stderr]) stream.on('data', (text: Buffer) => (printed += text.toString()))
      const deadline = Date.now() + READY_WITHIN_MS
      for (;;) {
        const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(printed.slice(from))?.[1]
        const health = port ? await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined) : undefined
        if (port && health?.status === 200) {
          const parts = (await health.json()) as { rtmpPort: number }
          Object.assign(stack, { url: `http://127.0.0.1:${port}`, port: Number(port), rtmpPort: parts.rtmpPort })
          return
        }
        if (run.exitCode !== null) throw new Error(`it ended with status ${run.exitCode}:\n${printed}`)
        if (Date.now() > deadline) throw new Error(`not ready in ${READY_WITHIN_MS / 1000} s:\n${printed}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
    },
    async stop() {
      const run = child
      if (!run || run.exitCode !== null) return
      const ended = new Promise((resolve) => run.once('exit', resolve))
      run.kill('SIGINT')
      await ended
    },
    async dispose() {
      await stack.stop()
      fs.rmSync(dataDir, { recursive: true, force: true })
    },
  }
  await stack.start()
  return stack
}
