import path from 'node:path'
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
  const { exports, registered, required } = run(await packedKit(root, names))
  expect(registered).toEqual([])
  expect(required.sort()).toEqual(['mobx-miniprogram', 'mobx-miniprogram-bindings'])
  for (const [i, name] of names.entries()) {
    exports.part(name)
    expect([name, registered.length]).toEqual([name, i + 1])
  }
})

test('a file that registers no component, or two, is refused', () => {
  expect(late('const a = 1\nComponent({})\n')).toBe('const a = 1\nexport const define = () => Component({})\n')
  expect(() => late('const a = 1\n')).toThrow('once')
  expect(() => late('Component({})\nComponent({})\n')).toThrow('once')
})
