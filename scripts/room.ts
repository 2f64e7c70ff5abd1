import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import type { ActionName, Input, Output } from '../miniprogram/protocol/actions'
import type { Reply } from '../miniprogram/protocol/errors'

const USAGE = `Rooms of the local cloud, from the command line.

  npm run room -- create --title "My show" [--user obs]   opens a room and says how to push to it
  npm run room -- list                                    rooms that are on
  npm run room -- close <roomId> [--user obs]             ends one

  --port   port of npm start (PORT, else 8080)
`

/** Something to tell the person at the keyboard, without a stack. */
class Told extends Error {}

interface Options {
  title: string
  user: string
  port: string
}

async function call<A extends ActionName>({ user, port }: Options, action: A, input: Input<A>): Promise<Output<A>> {
  const url = `http://127.0.0.1:${port}/functions/room`
  let response: Response
  try {
    response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-dev-openid': user },
      body: JSON.stringify({ action, ...input }),
    })
  } catch {
    throw new Told(`the local cloud does not answer on port ${port}: run "npm start" first, or name its --port`)
  }
  const reply = (await response.json().catch(() => null)) as Reply<Output<A>> | null
  if (!reply || (!('result' in reply) && !('error' in reply))) throw new Told(`port ${port} is not the local cloud`)
  if ('result' in reply) return reply.result
  const { code, message, details } = reply.error
  if (code === 'already-live') {
    throw new Told(
      `${user} has an open room: npm run room -- close ${details?.roomId} --user ${user} (or take another --user)`,
    )
  }
  throw new Told(`${code}: ${message}`)
}

async function create(options: Options): Promise<string> {
  const { title } = options
  const { room, push } = await call(options, 'create', { title, cover: 'ocean', requestId: randomUUID() })
  const at = push.url.lastIndexOf('/')
  const play = `http://127.0.0.1:${options.port}/live/${push.url.slice(at + 1).split('?')[0]}`
  const hours = Math.round(push.expiresInMs / 3_600_000)
  return `room ${room.roomId} "${room.title}" waits ${Math.round((room.closesInMs ?? 0) / 60_000)} minutes for a picture

ffmpeg      ffmpeg -re -f lavfi -i testsrc2=s=540x960:r=25 -f lavfi -i sine -pix_fmt yuv420p \\
              -c:v libx264 -preset veryfast -tune zerolatency -g 50 -b:v 1M -c:a aac \\
              -f flv "${push.url}"
OBS         server      ${push.url.slice(0, at)}
            stream key  ${push.url.slice(at + 1)}
watch       ${play}.flv
            ${play}.m3u8
end         npm run room -- close ${room.roomId} --user ${options.user}

The push address is good for ${hours} hours and for this room only.`
}

async function list(options: Options): Promise<string> {
  const { rooms } = await call(options, 'list', {})
  if (rooms.length === 0) return 'no room is on'
  return rooms
    .map(
      ({ room, counts }) =>
        `${room.roomId}  ${room.state}  ${counts.viewers} viewers  ${counts.likes} likes  "${room.title}"`,
    )
    .join('\n')
}

async function close(options: Options, roomId: string): Promise<string> {
  const { summary } = await call(options, 'close', { roomId })
  const seconds = Math.round(summary.durationMs / 1000)
  return `closed after ${seconds} s, ${summary.totalViewers} viewers, ${summary.likes} likes`
}

function run(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      title: { type: 'string', default: 'A test show' },
      user: { type: 'string', default: 'obs' },
      port: { type: 'string', default: process.env.PORT || '8080' },
    },
  })
  const [command, roomId = ''] = positionals
  if (command === 'create') return create(values)
  if (command === 'list') return list(values)
  if (command === 'close' && roomId) return close(values, roomId)
  throw new Told(USAGE)
}

async function main(): Promise<void> {
  try {
    process.stdout.write(`${await run(process.argv.slice(2))}\n`)
  } catch (error) {
    const usage = error instanceof TypeError && String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS')
    if (!(error instanceof Told) && !usage) throw error
    console.error(usage ? `${error.message}\n\n${USAGE}` : error.message)
    process.exitCode = 1
  }
}

main()
