import { spawn } from 'node:child_process'
import path from 'node:path'
import cloudbase from '@cloudbase/node-sdk'
import { COLLECTION } from '../../../scripts/smoke/bench'
import { type Stack, startStack } from '../../support/stack'

const root = path.resolve(__dirname, '../../..')

let stack: Stack
beforeAll(async () => {
  process.env.SILENCE = 'true'
  stack = await startStack({ GRACE_MS: '1000', SWEEP_MS: '200' })
}, 60_000)
afterAll(() => stack.dispose())
jest.setTimeout(180_000)

function smoke(...args: string[]): Promise<{ status: number | null; printed: string }> {
  const run = spawn(
    process.execPath,
    ['--import', 'tsx', 'scripts/smoke-cloud.ts', '--local', stack.url, '--lang', 'en', ...args],
    { cwd: root, env: { ...process.env, DATA_DIR: stack.dataDir }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let printed = ''
  for (const stream of [run.stdout, run.stderr]) {
    stream.on('data', (text: Buffer) => {
      printed += text
    })
  }
  return new Promise((done) => run.once('close', (status) => done({ status, printed })))
}

async function documentsLeft(): Promise<number | undefined> {
  const { databaseUrl } = (await (await fetch(`${stack.url}/healthz`)).json()) as { databaseUrl: string }
  const app = cloudbase.init({ env: 'local', secretId: 'local', secretKey: 'local', serviceUrl: databaseUrl })
  return (await app.database().collection(COLLECTION).count()).total
}

test('every experiment holds in the local cloud, a show and the sweeper included, and nothing is left behind', async () => {
  const { status, printed } = await smoke('--callers', '20', '--patience', '120')
  const verdicts = [...printed.matchAll(/^([a-z-]+): (pass|fail|note|skip)$/gm)].map(([, name, verdict]) => [
    name,
    verdict,
  ])
  expect(verdicts).toEqual([
    ['last-seats', 'pass'],
    ['increments', 'pass'],
    ['duplicate-id', 'pass'],
    ['transaction-conflict', 'pass'],
    ['query-limit', 'pass'],
    ['where-order', 'pass'],
    ['update-and-return', 'pass'],
    ['collections', 'note'],
    ['show', 'pass'],
    ['liveness', 'pass'],
    ['clean-up', 'pass'],
  ])
  expect(status).toBe(0)
  expect(printed).toContain('10 passed, 0 failed.')
  expect(await documentsLeft()).toBe(0)
  const { result } = await stack.call('room', { action: 'list' }, 'alice')
  expect((result as { rooms: unknown[] }).rooms).toEqual([])
})
