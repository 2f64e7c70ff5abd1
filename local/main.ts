/** `npm start`: the whole house on one laptop. */
import { relative } from 'node:path'
import { parseArgs } from 'node:util'
import { readConfig, UserError } from './config'
import { keepRunning } from './faults'
import { runCommand } from './once-ready'
import { type LocalCloud, startLocalCloud } from './start'

const USAGE = `npm start [-- [--no-watch] [--once-ready "command"]]

  --once-ready "command"   runs the command when everything is up (PORT, RTMP_PORT and DATA_DIR in its environment),
                           stops, and exits with its status; nothing is watched meanwhile
  --no-watch               changed files are not built anew and phones do not reload

Environment: PORT (8080), RTMP_PORT (1935), DATA_DIR (.local), SWEEP_MS (5000); a port of 0 means any free one.
MINIPROGRAM: the folder of another mini program for the preview to show.`

/** Closing takes at most this long; what is not closed by then ends with the process. */
const CLOSE_MS = 1500

let cloud: LocalCloud | undefined
let leaving = false

/** Closes everything and exits; only the first call counts. */
async function leave(status: number): Promise<void> {
  if (leaving) return
  leaving = true
  setTimeout(() => process.exit(status), CLOSE_MS).unref()
  await cloud?.close()
  process.exit(status)
}

function readArguments(): { onceReady: string | undefined; watch: boolean } {
  try {
    const { values } = parseArgs({
      options: { 'once-ready': { type: 'string' }, 'no-watch': { type: 'boolean' }, help: { type: 'boolean' } },
    })
    if (values.help) {
      process.stdout.write(`${USAGE}\n`)
      process.exit(0)
    }
    const onceReady = values['once-ready']
    return { onceReady, watch: onceReady === undefined && !values['no-watch'] }
  } catch (error) {
    throw new UserError(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
  }
}

/** A folder below this one by its short name, any other by its whole one. */
function shown(folder: string): string {
  const below = relative('.', folder)
  return below === '' || below.startsWith('..') ? folder : below
}

function greeting(httpPort: number, dataDir: string): string {
  return `
  WeChat Live Kit is running.

  Phones   http://127.0.0.1:${httpPort}/
  Desk     http://127.0.0.1:${httpPort}/desk/
  Push     npm run room -- create   opens a room and prints its push address; then, for example:
           ffmpeg -re -i movie.mp4 -c copy -f flv "<push address>"
           or OBS: Settings, Stream, Custom: server = the address up to /live, stream key = the rest
  Data     ${shown(dataDir)}   (delete it to begin anew)

`
}

async function main(): Promise<void> {
  const { onceReady, watch } = readArguments()
  const config = readConfig(process.env)
  const startedAt = performance.now()
  cloud = await startLocalCloud({ ...config, env: process.env, watch })
  const { httpPort, rtmpPort } = cloud
  if (leaving) return
  process.stdout.write(greeting(httpPort, config.dataDir))
  console.error(`ready after ${((performance.now() - startedAt) / 1000).toFixed(1)} s`)
  if (onceReady === undefined) return
  const command = runCommand(onceReady, {
    PORT: String(httpPort),
    RTMP_PORT: String(rtmpPort),
    DATA_DIR: config.dataDir,
  })
  process.once('exit', () => command.stop())
  await leave(await command.status)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(0))
// Whoever reads our output is gone; reporting that would fail again, for ever.
for (const output of [process.stdout, process.stderr]) output.on('error', () => void leave(0))
keepRunning(() => void leave(1))
main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error)
  void leave(1)
})
