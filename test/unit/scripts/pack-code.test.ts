import fs from 'node:fs'
import path from 'node:path'
import { en } from '../../../miniprogram/locales/en'
import { zhCN } from '../../../miniprogram/locales/zh-CN'
import { packedKit } from '../../../scripts/pack/kit'
import { late } from '../../../scripts/pack/late'
import { partsOf } from '../../../scripts/pack/parts'

const root = path.resolve(__dirname, '../../../miniprogram')

/** What a mini program would have for the package: `require`, and what registers a component. */
function run(code: string): { exports: { part(name: string): void }; registered: object[]; required: string[] } {
  const registered: object[] = []
  const required: string[] = []
  const module = { exports: {} as { part(name: string): void } }
  const anything = (): unknown => new Proxy(() => undefined, { get: () => anything() })
  const given = {
    module,
    exports: module.exports,
    require: (name: string) => {
      required.push(name)
      return anything()
    },
    Component: (options: object) => registered.push(options),
    Behavior: (options: object) => options,
    wx: { getAppBaseInfo: () => ({ language: 'en' }) },
  }
  new Function(...Object.keys(given), code)(...Object.values(given))
  return { exports: module.exports, registered, required }
}

test('the code registers no component before its own file asks for it, and each package is required once', async () => {
  const names = partsOf(root, 'live-room')
  const { exports, registered, required } = run((await packedKit(root, names)).code)
  expect(registered).toEqual([])
  expect(required.sort()).toEqual(['mobx-miniprogram', 'mobx-miniprogram-bindings'])
  for (const [i, name] of names.entries()) {
    exports.part(name)
    expect([name, registered.length]).toEqual([name, i + 1])
  }
})

/** All code of the package in the source, by file: what is no page, no language, and no component that it does not use. */
function sources(): string[] {
  const names = new Set(partsOf(root, 'live-room'))
  const all = fs.readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const out = /^(pages|compat|chat-sdk|miniprogram_npm|locales)[\\/]/
  const isUsed = (file: string): boolean => {
    const [home, name = ''] = file.split(path.sep)
    return home !== 'components' || name === 'shared' || names.has(name)
  }
  return all
    .filter((file) => !out.test(file) && isUsed(file))
    .map((file) => fs.readFileSync(path.join(root, file), 'utf8'))
}

test('every text that the component asks for is packed, in both languages, and none that only pages show', async () => {
  const { code } = await packedKit(root, partsOf(root, 'live-room'))
  const kept = new Set(/"([^"]*\|stats\.title\|[^"]*)"\.split/.exec(code)?.[1]?.split('|'))
  const source = sources().join('\n')
  const missing = Object.keys(zhCN).filter((key) => !kept.has(key) && source.includes(`'${key}'`))
  expect(missing).toEqual([])
  expect([...kept].filter((key) => /^(home|profile|card)\./.test(key))).toEqual([])
  // A key that begins with something computed would not be found.
  expect(source).not.toMatch(/\btext\([\w.()]+,\s*`\$\{/)
  for (const key of ['code.playing', 'fault.network.title', 'date.month.12'] as const) {
    expect(kept).toContain(key)
    expect(code).toContain(zhCN[key])
    expect(code).toContain(en[key])
  }
})

test('a file that registers no component, or two, is refused', () => {
  expect(late('const a = 1\nComponent({})\n')).toBe('const a = 1\nexport const define = () => Component({})\n')
  expect(() => late('const a = 1\n')).toThrow('once')
  expect(() => late('Component({})\nComponent({})\n')).toThrow('once')
})
