import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readBackend } from '../../../scripts/doctor/backend'
import { parseEnv } from '../../../scripts/doctor/env-file'
import { asJson, asText, languageOf } from '../../../scripts/doctor/report'
import { GOOD } from './doctor-subject'

const root = path.resolve(__dirname, '../../..')
let dir: string
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'doctor-'))
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

function doctor(variables: Record<string, string>, ...args: string[]) {
  const file = path.join(dir, 'production.env')
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`)
  writeFileSync(file, lines.join('\n'))
  const command = [path.join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/doctor.ts', '--env-file', file, ...args]
  return spawnSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: '', LC_MESSAGES: '', LANG: 'zh_CN.UTF-8' },
  })
}

it('speaks the language of the machine, says what is wrong, and never a secret', () => {
  const { status, stdout, stderr } = doctor({ ...GOOD, LIVE_PLAY_KEY: GOOD.LIVE_PUSH_KEY ?? '' })
  expect([status, stderr]).toEqual([1, ''])
  expect(stdout).toContain('观众拿到的播放签名就能用来推流')
  expect(stdout).toContain('wss://1400000001w4c.my-imcloud.com')
  for (const [name, value] of Object.entries(GOOD)) {
    if (/KEY|SECRET/.test(name)) expect([name, stdout.includes(value)]).toEqual([name, false])
  }
})

it('speaks to programs, in the language that was asked for', () => {
  const { status, stdout } = doctor({ ...GOOD, GRACE_MS: 'soon' }, '--json', '--lang', 'en')
  const report = JSON.parse(stdout)
  expect([status, report.ok]).toEqual([1, false])
  expect(report.findings).toContainEqual(
    expect.objectContaining({
      id: 'variables:GRACE_MS',
      level: 'error',
      what: 'GRACE_MS must be a whole number above 0',
    }),
  )
})

it('explains itself when it is called in a way it does not know', () => {
  const { status, stdout, stderr } = doctor({}, '--bogus')
  expect([status, stdout]).toEqual([2, ''])
  expect(stderr).toContain('npm run doctor -- --env-file')
})

describe('the report', () => {
  const finding = { id: 'a', level: 'todo', what: { zh: '甲', en: 'A' } } as const
  it('is no failure when only a person can look', () => {
    expect(JSON.parse(asJson([finding], 'en'))).toMatchObject({ ok: true, errors: 0, findings: [{ what: 'A' }] })
    expect(asText([finding], 'zh')).toContain('□ 甲')
  })
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'de_DE.UTF-8' }, 'en'],
    [{ LANG: 'zh_TW', LC_ALL: 'C' }, 'en'],
    [{}, 'en'],
  ])('is written for %j in %s', (env, expected) => {
    expect(languageOf(env)).toBe(expected)
  })
})

describe('an environment file', () => {
  it('is lines of NAME=value, with quotes and comments', () => {
    const text = '# comment\n\nA=1\nexport B="two # words"\r\nC=\'x\' # why\nD=a=b#c # d\nE=\n'
    expect(parseEnv(text)).toEqual({ A: '1', B: 'two # words', C: 'x', D: 'a=b#c', E: '' })
  })
  it('never repeats a line that it cannot read', () => {
    expect(() => parseEnv('A=1\nhush hush')).toThrow(/^line 2 is not NAME=value$/)
  })
})

describe('the backend of the mini program', () => {
  it('is read from the code, not from its comments', () => {
    const source =
      "/** { backend: { kind: 'cloud', env: 'x' } } */\nconst c = f({ backend: { kind: 'http', baseUrl: 'https://a.cn' } })"
    expect(readBackend(source)).toEqual({ kind: 'http', baseUrl: 'https://a.cn' })
  })
  it.each(['const c = {}', 'const c = { backend }', 'const c = { backend: { kind: kindOf() } }'])(
    'is unknown in %s',
    (source) => {
      expect(readBackend(source)).toBeNull()
    },
  )
})
