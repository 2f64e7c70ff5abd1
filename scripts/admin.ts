import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { adminInputs } from '../cloudfunctions/contract/admin'
import { signAdminToken } from '../cloudfunctions/core/admin/token'
import { loadKeys } from '../local/data-dir'
import type { AdminActionName, AdminActions, AdminOutput } from '../miniprogram/protocol/admin'
import type { Reply } from '../miniprogram/protocol/errors'

const USAGE = `What operators do, from the command line: on the local cloud, or on another one by its address and secret.

  npm run admin -- list [--state live] [--limit 20] [--cursor ...]
  npm run admin -- room <roomId>
  npm run admin -- cut <roomId> [--seat 2]
  npm run admin -- forbid <roomId> --reason "why" [--hours 24]
  npm run admin -- allow <roomId>
  npm run admin -- close <roomId> --reason "why"
  npm run admin -- reopen <roomId>
  npm run admin -- banUser <userId> --reason "why"
  npm run admin -- unbanUser <userId>
  npm run admin -- queue.list
  npm run admin -- queue.set --queue desk --json '{"title":"Service desk"}'
  npm run admin -- queue.agent <userId> --queue desk [--off]
  npm run admin -- queue.remove --queue desk
  npm run admin -- diagnostics
  npm run admin -- audit [--limit 20] [--cursor ...]

  --json   more fields of the action, as docs/protocol.md has them: '{"title":"A show"}'
  --url    address of the door (ADMIN_URL, else http://127.0.0.1:8080/http/admin)
  --by     your name in the audit log (USER)

The token is signed with ADMIN_TOKEN_SECRET, else with the key in DATA_DIR (.local) of npm start.
`
const TOKEN_TTL_S = 300

/** Something to tell the person at the keyboard, without a stack. */
class Told extends Error {}

interface Options {
  url: string
  by: string
}

/** @throws Told when there is nothing to sign with */
function token(by: string): string {
  const dataDir = process.env.DATA_DIR || '.local'
  const own = process.env.ADMIN_TOKEN_SECRET
  if (!own && !existsSync(join(dataDir, 'keys.json'))) {
    throw new Told(`${dataDir} holds no keys.json: run "npm start" first, name its DATA_DIR, or set ADMIN_TOKEN_SECRET`)
  }
  return signAdminToken(own || loadKeys(dataDir).adminTokenSecret, by, Math.floor(Date.now() / 1000) + TOKEN_TTL_S)
}

async function call<A extends AdminActionName>(
  { url, by }: Options,
  action: A,
  input: object,
): Promise<AdminOutput<A>> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token(by)}` }
  const body = JSON.stringify({ ...input, action })
  const response = await fetch(url, { method: 'POST', headers, body }).catch(() => null)
  if (!response) throw new Told(`nothing answers at ${url}: run "npm start" first, or name the door with --url`)
  const reply = (await response.json().catch(() => null)) as Reply<AdminOutput<A>> | null
  if (!reply || (!('result' in reply) && !('error' in reply))) throw new Told(`${url} is not the operators' door`)
  if ('result' in reply) return reply.result
  throw new Told(`${reply.error.code}: ${reply.error.message}`)
}

const list = ({ rooms, nextCursor }: AdminOutput<'list'>): string =>
  [
    ...rooms.map(
      ({ room, counts }) =>
        `${room.roomId}  ${room.kind}  ${room.state}  ${counts.viewers} viewers  "${room.title}"  ${room.anchor.userId}`,
    ),
    ...(nextCursor ? [`more: --cursor ${nextCursor}`] : []),
  ].join('\n') || 'no room'

const audit = ({ entries, nextCursor }: AdminOutput<'audit'>): string =>
  [
    ...entries.map(
      ({ at, by, action, target, reason, result }) =>
        `${new Date(at).toISOString()}  ${by}  ${action}  ${target || '-'}  ${result}${reason && `  "${reason}"`}`,
    ),
    ...(nextCursor ? [`more: --cursor ${nextCursor}`] : []),
  ].join('\n')

/** Answers that people read line by line; all others are shown as they are. */
const SHOWN: { [A in AdminActionName]?: (output: AdminActions[A]['output']) => string } = { list, audit }

async function run<A extends AdminActionName>(options: Options, action: A, input: object): Promise<string> {
  const output = await call(options, action, input)
  return SHOWN[action]?.(output) ?? JSON.stringify(output, null, 2)
}

/** The room or the person that an action is about has no name on the command line. */
function targetOf(action: AdminActionName, target: string | undefined): object {
  const field = ['roomId', 'userId'].find((name) => name in adminInputs[action].entries)
  if (field === undefined) return {}
  if (!target) throw new Told(`${action} needs a ${field}\n\n${USAGE}`)
  return { [field]: target }
}

function fieldsOf(json: string): object {
  try {
    const fields: unknown = JSON.parse(json)
    if (typeof fields === 'object' && fields !== null) return fields
  } catch {
    // told below
  }
  throw new Told(`--json must be an object: ${json}`)
}

function main(args: string[]): Promise<string> {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      state: text,
      limit: text,
      cursor: text,
      seat: text,
      reason: text,
      queue: text,
      off: { type: 'boolean', default: false },
      hours: { ...text, default: '24' },
      json: { ...text, default: '{}' },
      url: { ...text, default: process.env.ADMIN_URL || 'http://127.0.0.1:8080/http/admin' },
      by: { ...text, default: process.env.USER || 'operator' },
    },
  })
  const [name = '', target] = positionals
  if (!Object.hasOwn(adminInputs, name)) throw new Told(USAGE)
  const action = name as AdminActionName
  const { state, limit, cursor, seat, reason, queue, off, hours, json, url, by } = values
  const input = {
    ...targetOf(action, target),
    ...(state === undefined ? {} : { state }),
    ...(limit === undefined ? {} : { limit: Number(limit) }),
    ...(cursor === undefined ? {} : { cursor }),
    ...(seat === undefined ? {} : { seat: Number(seat) }),
    ...(reason === undefined ? {} : { reason }),
    ...(queue === undefined ? {} : { queue }),
    ...(action === 'queue.agent' ? { on: !off } : {}),
    ...(action === 'forbid' ? { until: Math.round(Date.now() + Number(hours) * 3600_000) } : {}),
    ...fieldsOf(json),
  }
  return run({ url, by }, action, input)
}

Promise.resolve()
  .then(() => main(process.argv.slice(2)))
  .then((text) => process.stdout.write(`${text}\n`))
  .catch((error: Error & { code?: string }) => {
    const usage = String(error.code).startsWith('ERR_PARSE_ARGS')
    if (!(error instanceof Told) && !usage) throw error
    console.error(usage ? `${error.message}\n\n${USAGE}` : error.message)
    process.exitCode = 1
  })
