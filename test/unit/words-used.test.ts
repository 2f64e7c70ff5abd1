import fs from 'node:fs'
import path from 'node:path'
import { zhCN } from '../../miniprogram/locales/zh-CN'

const root = path.resolve(__dirname, '../../miniprogram')

/** All code that can ask for a word. The dictionaries themselves do not. */
const source = fs
  .readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/^locales\/(en|zh-CN)|node_modules|miniprogram_npm/.test(file))
  .map((file) => fs.readFileSync(path.join(root, file), 'utf8'))
  .join('\n')

/** A name is written out, or made of a beginning, a variable part, perhaps an end: `fault.${code}.title`. */
const named = new Set([...source.matchAll(/'([\w.-]+)'/g)].map(([, name]) => name))
const made = [...source.matchAll(/`([a-z][\w-]*\.(?:[\w.-]|\$\{[^}`]*\})*)`/g)].map(
  ([, name = '']) => new RegExp(`^${name.replace(/\./g, '\\.').replace(/\$\{[^}]*\}/g, '[\\w-]+')}$`),
)

test('every word of the dictionary is asked for somewhere, by its name or by how names are made', () => {
  expect(made.length).toBeGreaterThan(20)
  const idle = Object.keys(zhCN).filter((key) => !named.has(key) && !made.some((name) => name.test(key)))
  expect(idle).toEqual([])
})
