import { spawn } from 'node:child_process'
import path from 'node:path'
import { type Stack, startStack } from '../../support/stack'

const root = path.resolve(__dirname, '../../..')

let stack: Stack
beforeAll(async () => {
  stack = await startStack()
}, 60_000)
afterAll(() => stack.dispose())
jest.setTimeout(60_000)

interface Report {
  ok: boolean
  findings: { id: string; level: string; what: string }[]
}

/** `npm run doctor -- --local <url> --online --json`, with these variables set. */
function doctor(env: Record<string, string> = {}): Promise<{ status: number | null; report: Report }> {
  const args = ['--import', 'tsx', 'scripts/doctor.ts', '--local', stack.url, '--online', '--json', '--lang', 'en']
  const run = spawn(process.execPath, args, {
    cwd: root,
    env: { ...process.env, DATA_DIR: stack.dataDir, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  run.stdout.on('data', (text: Buffer) => {
    printed += text
  })
  return new Promise((done) => run.once('close', (status) => done({ status, report: JSON.parse(printed) as Report })))
}

const online = ({ findings }: Report) =>
  Object.fromEntries(findings.filter(({ id }) => id.startsWith('online.')).map(({ id, level }) => [id, level]))

test('finds the local cloud healthy: the streaming API, the chat, and the doors that refuse strangers', async () => {
  const { status, report } = await doctor()
  expect(online(report)).toEqual({
    'online.streaming': 'ok',
    'online.chat': 'ok',
    'online.door:live-callback': 'ok',
    'online.door:web-room': 'ok',
    'online.door:im-callback': 'ok',
    'online.door:admin': 'ok',
  })
  const said = report.findings.map(({ what }) => what)
  expect(said).toContain('live-callback refuses strangers (403)')
  expect(said).toContain('web-room refuses strangers (401)')
  expect(report.findings.filter(({ level }) => level === 'error')).toEqual([])
  expect([status, report.ok]).toEqual([0, true])
})

test('says which key is wrong', async () => {
  const wrong = { TENCENT_SECRET_KEY: 'this-is-not-the-key-0', IM_SECRET_KEY: 'neither-is-this-one-1' }
  const { status, report } = await doctor(wrong)
  expect(online(report)).toMatchObject({ 'online.streaming': 'error', 'online.chat': 'error' })
  const said = report.findings.map(({ what }) => what).join('\n')
  expect(said).toContain('AuthFailure.SignatureFailure')
  expect(said).toMatch(/the chat refused the call: ErrorCode 700\d\d/)
  expect(status).toBe(1)
})

test('tells another identity from another key', async () => {
  const { report } = await doctor({ TENCENT_SECRET_ID: 'AKID-somebody-else', IM_SDK_APP_ID: '1499999999' })
  const said = report.findings.map(({ what }) => what).join('\n')
  expect(said).toContain('AuthFailure.SecretIdNotFound')
  expect(said).toContain('ErrorCode 70020')
})
