import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { codeOf, tally } from '../../../scripts/smoke/probe'
import { table } from '../../../scripts/smoke/report'

const root = path.resolve(__dirname, '../../..')

function smoke(env: Record<string, string>, ...args: string[]) {
  const command = [path.join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/smoke-cloud.ts', ...args]
  const { TENCENTCLOUD_SECRETID: _, TENCENTCLOUD_SECRETKEY: __, ...rest } = process.env
  return spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8', env: { ...rest, ...env } })
}

it.each([
  [[], 'name the environment with --env'],
  [['--env', 'live-1'], 'set TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY'],
  [['--env', 'live-1', '--callers', '3'], '--callers is a whole number from 7 to 500'],
  [['--local', 'http://127.0.0.1:9'], 'keys.json'],
  [['--bogus'], 'npm run smoke:cloud -- --env'],
])('%j is one plain sentence and exit 2', (args, expected) => {
  const { status, stdout, stderr } = smoke({ DATA_DIR: path.join(root, 'no-such-folder') }, ...args)
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain(expected)
  expect(stderr).not.toContain('    at ')
})

it('shows verdict, time and what was seen, in either language', () => {
  const title = { zh: '甲', en: 'A' }
  const seen = { zh: '乙', en: 'B' }
  const results = (['pass', 'fail', 'skip'] as const).map((verdict) => ({
    name: verdict,
    title,
    verdict,
    seen,
    ms: 12,
  }))
  expect(table(results, 'en').split('\n')[0]).toBe('✓ pass      12 ms  A')
  expect(table(results, 'zh')).toContain('1 项通过，1 项失败。')
})

it('counts the codes of errors', () => {
  expect(tally(['a', 'b', 'a'])).toBe('a x2, b x1')
  expect([codeOf({ code: 'X' }), codeOf({ errCode: -502001 }), codeOf(new Error('plain'))]).toEqual([
    'X',
    '-502001',
    'plain',
  ])
})
