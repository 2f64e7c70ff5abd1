import { spawnSync } from 'node:child_process'
import path from 'node:path'

const root = path.resolve(__dirname, '../../..')
const room = (...args: string[]) =>
  spawnSync(process.execPath, [path.join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/room.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
  })

it('says in plain words that the local cloud is not running', () => {
  const { status, stdout, stderr } = room('list', '--port', '9')
  expect(status).toBe(1)
  expect(stdout).toBe('')
  expect(stderr.trim()).toBe('the local cloud does not answer on port 9: run "npm start" first, or name its --port')
})

it('explains itself when it is called in a way it does not know', () => {
  const { status, stderr } = room('create', '--bogus')
  expect(status).toBe(1)
  expect(stderr).toContain("Unknown option '--bogus'")
  expect(stderr).toContain('npm run room -- create --title')
})
