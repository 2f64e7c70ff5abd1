import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readAdminToken } from '../../../cloudfunctions/core/admin/token'
import { loadKeys } from '../../../local/data-dir'

jest.setTimeout(120_000) // each command is a process of its own

const root = path.resolve(__dirname, '../../..')
const dir = mkdtempSync(path.join(tmpdir(), 'admin-'))
const keys = loadKeys(dir)

/** The door: notes who asked for what, and says what `answer` holds. */
const asked: { by: string | null; body: Record<string, unknown> }[] = []
let answer: unknown
const door = createServer(async (req, res) => {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  const token = req.headers.authorization?.split(' ')[1] ?? ''
  asked.push({
    by: readAdminToken(keys.adminTokenSecret, token, Date.now()),
    body: JSON.parse(Buffer.concat(chunks).toString()),
  })
  res.end(JSON.stringify(answer))
})
let url: string
beforeAll(async () => {
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(door.address() as AddressInfo).port}/http/admin`
})
afterAll(async () => {
  rmSync(dir, { recursive: true })
  door.closeAllConnections()
  await new Promise((resolve) => door.close(resolve))
})
beforeEach(() => {
  asked.length = 0
  answer = { result: { ok: true }, serverNow: 0 }
})

const admin = (args: string[], env: Record<string, string> = {}) =>
  new Promise<{ status: number; stdout: string; stderr: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [path.join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/admin.ts', ...args],
      {
        cwd: root,
        env: { ...process.env, DATA_DIR: dir, ADMIN_URL: url, ADMIN_TOKEN_SECRET: '', USER: 'ana', ...env },
      },
      (_error, stdout, stderr) => resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    )
  })

it('asks in the name of the operator, with the key of the data directory', async () => {
  const { status, stdout } = await admin(['cut', 'r1', '--seat', '2'])
  expect([status, JSON.parse(stdout)]).toEqual([0, { ok: true }])
  expect(asked).toEqual([{ by: 'ana', body: { action: 'cut', roomId: 'r1', seat: 2 } }])
})

it('puts a reason and an end to a ban, and takes any other field as JSON', async () => {
  const before = Date.now()
  await admin(['forbid', 'r1', '--reason', 'nudity', '--hours', '2', '--json', '{"extra":1}'])
  const { until, ...body } = asked[0]?.body ?? {}
  expect(body).toEqual({ action: 'forbid', roomId: 'r1', reason: 'nudity', extra: 1 })
  expect(Number(until) - before).toBeGreaterThanOrEqual(2 * 3600_000)
})

it('shows rooms and the log line by line', async () => {
  const room = { roomId: 'r1', kind: 'live', state: 'live', title: 'A', anchor: { userId: 'u1' } }
  answer = { result: { rooms: [{ room, counts: { viewers: 3 } }], nextCursor: 'next' }, serverNow: 0 }
  expect((await admin(['list'])).stdout).toBe('r1  live  live  3 viewers  "A"  u1\nmore: --cursor next\n')
  const entry = { at: 0, by: 'ana', action: 'close', target: 'r1', reason: 'spam', result: 'done' }
  answer = { result: { entries: [entry], nextCursor: null }, serverNow: 0 }
  expect((await admin(['audit'])).stdout).toBe('1970-01-01T00:00:00.000Z  ana  close  r1  done  "spam"\n')
})

it('says in plain words what is wrong', async () => {
  answer = { error: { code: 'not-found', message: 'no such room' }, serverNow: 0 }
  expect((await admin(['allow', 'r1'])).stderr.trim()).toBe('not-found: no such room')
  expect((await admin(['allow'])).stderr).toContain('allow needs a roomId')
  expect((await admin(['nope'])).stderr).toContain('npm run admin -- list')
  expect((await admin(['list', '--bogus'])).stderr).toContain("Unknown option '--bogus'")
  expect((await admin(['list', '--json', '7'])).stderr).toContain('--json must be an object')
  expect((await admin(['list', '--url', 'http://127.0.0.1:9'])).stderr).toContain('nothing answers at')
  const { status, stderr } = await admin(['list'], { DATA_DIR: path.join(dir, 'nothing') })
  expect([status, stderr]).toEqual([1, expect.stringContaining('holds no keys.json')])
})
