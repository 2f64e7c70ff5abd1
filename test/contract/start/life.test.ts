import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { endAll, npmStart } from './process'

let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'life-'))
})
afterEach(async () => {
  await endAll()
  rmSync(dir, { recursive: true, force: true })
})
jest.setTimeout(40_000)

test.each(['PORT', 'RTMP_PORT'])('a taken %s is one clear sentence and exit 1', async (variable) => {
  const holder = createServer()
  await new Promise<void>((done) => holder.listen(0, '127.0.0.1', done))
  const { port } = holder.address() as AddressInfo
  const { exited, output } = npmStart({ DATA_DIR: dir, [variable]: String(port) })
  expect(await exited).toBe(1)
  holder.close()
  expect(output().trim().split('\n').at(-1)).toMatch(
    new RegExp(`^Port ${port} is already in use\\..*\\b${variable}\\b[^\\n]*$`),
  )
})

test('a DATA_DIR that cannot be written is a clear text and exit 1', async () => {
  const file = join(dir, 'file')
  writeFileSync(file, '')
  const { exited, output } = npmStart({ DATA_DIR: file })
  expect(await exited).toBe(1)
  expect(output()).toContain(`The data directory ${file} cannot be written`)
  expect(output()).not.toContain('    at ')
})

test('a DATA_DIR in use by another run is a clear text and exit 1, and the first goes on', async () => {
  const first = npmStart({ DATA_DIR: dir })
  const { base } = await first.ready()
  const second = npmStart({ DATA_DIR: dir })
  expect(await second.exited).toBe(1)
  expect(second.output()).toContain('another process is using it')
  expect((await fetch(`${base}/healthz`)).status).toBe(200)
  first.child.kill('SIGTERM')
  expect(await first.exited).toBe(0)
})

test('an unknown option is answered with the usage and exit 1', async () => {
  const { exited, output } = npmStart({ DATA_DIR: dir }, ['--once', 'true'])
  expect(await exited).toBe(1)
  expect(output()).toContain('--once-ready "command"')
})

test('--once-ready hands over ports and data, and its status is ours', async () => {
  const script = `const env = process.env
    fetch('http://127.0.0.1:' + env.PORT + '/healthz').then(async (r) => {
      const { rtmpPort } = await r.json()
      process.exit(r.status === 200 && rtmpPort === Number(env.RTMP_PORT) && env.DATA_DIR === ${JSON.stringify(dir)} ? 7 : 1)
    })`
  writeFileSync(join(dir, 'check.js'), script)
  const { exited, output } = npmStart({ DATA_DIR: dir }, [
    '--once-ready',
    `"${process.execPath}" "${join(dir, 'check.js')}"`,
  ])
  expect([await exited, output()]).toEqual([7, expect.stringContaining('ready after')])
})

test('--once-ready: a command ended by a signal is 128 + its number', async () => {
  const { exited } = npmStart({ DATA_DIR: dir }, ['--once-ready', 'kill -9 $$'])
  expect(await exited).toBe(137)
})

test('it ends by itself when whoever reads its output is gone', async () => {
  const { child, exited } = npmStart({ DATA_DIR: dir })
  child.stdout?.destroy()
  child.stderr?.destroy()
  expect(await exited).toBe(0)
})

test('Ctrl-C closes everything within 2 s with status 0; the rooms are there after a restart, and after a crash', async () => {
  const create = { action: 'create', title: 'Still here', cover: 'jade', requestId: 'request-0000002' }
  const call = async (base: string, event: object) => {
    const response = await fetch(`${base}/functions/room`, {
      method: 'POST',
      body: JSON.stringify(event),
      headers: { 'x-dev-openid': 'alice' },
    })
    return (await response.json()) as { result: { room: { roomId: string }; openRoom: { room: { roomId: string } } } }
  }
  const first = npmStart({ DATA_DIR: dir })
  const { roomId } = (await call((await first.ready()).base, create)).result.room
  const asked = performance.now()
  first.child.kill('SIGINT')
  expect(await first.exited).toBe(0)
  expect(performance.now() - asked).toBeLessThan(2000)
  const second = npmStart({ DATA_DIR: dir })
  expect((await call((await second.ready()).base, { action: 'login' })).result.openRoom.room.roomId).toBe(roomId)
  second.child.kill('SIGKILL')
  await second.exited
  const third = npmStart({ DATA_DIR: dir })
  expect((await call((await third.ready()).base, { action: 'login' })).result.openRoom.room.roomId).toBe(roomId)
  third.child.kill('SIGINT')
  expect(await third.exited).toBe(0)
})
