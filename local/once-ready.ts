import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'

export interface Running {
  /** Exit status; 128 + n when signal n ended it, 127 when it could not be started. */
  status: Promise<number>
  stop(): void
}

/** Runs a shell command with our output; `env` is added to the environment. */
export function runCommand(command: string, env: NodeJS.ProcessEnv): Running {
  // A group of its own, so that stopping ends what the shell started too.
  const child = spawn(command, { shell: true, stdio: 'inherit', env: { ...process.env, ...env }, detached: true })
  const status = new Promise<number>((resolve) => {
    child.once('error', (error) => {
      console.error(`--once-ready: ${error.message}`)
      resolve(127)
    })
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
  return { status, stop: () => stopGroup(child) }
}

function stopGroup(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGTERM')
  } catch {
    child.kill()
  }
}
