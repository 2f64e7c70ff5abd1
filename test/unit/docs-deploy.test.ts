import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readConfig, variables } from '../../cloudfunctions/adapters/config'
import { FUNCTIONS } from '../../scripts/build-functions'
import { readTable } from '../../scripts/doctor/variable-table'

const ROOT = resolve(__dirname, '../..')
const read = (file: string): string => readFileSync(resolve(ROOT, file), 'utf8')

describe.each([
  { file: 'docs/deploy.md', words: ['required', 'none', 'set by CloudBase'] },
  { file: 'docs/deploy.zh-CN.md', words: ['必填', '无', '云开发设置'] },
])('$file', ({ file, words: [required = '', none = '', platform = ''] }) => {
  const doc = read(file)
  const rows = Object.values(readTable(doc))

  test('every variable of the functions is in the table, with its true default, and no other one', () => {
    const shown: Record<string, string> = { [required]: 'required', [none]: '', [platform]: 'platform' }
    const told = Object.fromEntries(
      rows.map(({ name, standard }) => [name, shown[standard] ?? standard.replace(/^`(.*)`$/, '$1')]),
    )
    const byPlatform = { TCB_ENV: 'platform', SCF_NAMESPACE: 'platform' }
    const true_ = Object.fromEntries(Object.entries(variables()).map(([name, value]) => [name, value ?? 'required']))
    expect(told).toEqual({ ...true_, ...byPlatform })
  })

  test('the examples make a configuration that the functions accept', () => {
    const examples = Object.fromEntries(rows.map(({ name, example }) => [name, example]))
    expect(readConfig(examples).service.live.pushBase).toBe('rtmp://push.example.com/live')
  })

  test('the collections and indexes are those of database.json', () => {
    const { collections } = JSON.parse(read('cloudfunctions/database.json')) as {
      collections: Record<string, { indexes: { keys: [string, number][]; unique: boolean }[] }>
    }
    const columns = (keys: [string, number][]) => keys.map(([field]) => `\`${field}\``)
    for (const [name, { indexes }] of Object.entries(collections)) {
      const row = new RegExp(`^\\| \`${name}\` \\|(.*)\\|$`, 'm').exec(doc)?.[1]
      const listed = (row ?? '').split(' · ').map((index) => index.match(/`\w+`/g) ?? [])
      expect([name, listed.filter((found) => found.length > 0)]).toEqual([
        name,
        indexes.map(({ keys }) => columns(keys)),
      ])
      expect(indexes.filter(({ unique }) => unique)).toEqual([])
    }
  })

  test('the policy of the sub-user allows what the functions call, and nothing else', () => {
    const allowed = [...doc.matchAll(/"((?:live|vod|trtc):\w+)"/g)].map(([, action]) => action)
    const folder = resolve(ROOT, 'cloudfunctions/adapters')
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    const code = sources.map((file) => readFileSync(resolve(folder, file), 'utf8')).join('\n')
    const called = [...code.matchAll(/\bcall\(\s*'(live|vod|trtc)',\s*'(\w+)'/g)].map(
      ([, api, action]) => `${api}:${action}`,
    )
    expect([...new Set(allowed)].sort()).toEqual([...new Set(called)].sort())
    expect(allowed.length).toBeGreaterThan(4)
  })

  test('says of every function how it is opened', () => {
    const doors = [...doc.matchAll(/^\| `([a-z-]+)` \| (?!\|)[^|]+ \| [^|]+ \|$/gm)].map(([, name]) => name)
    expect(doors).toEqual(expect.arrayContaining([...FUNCTIONS]))
  })

  test('its introduction leads to it, and the other language is one step away', () => {
    const [introduction, other] = file.includes('zh')
      ? ['README.md', '(deploy.md)']
      : ['README.en.md', '(deploy.zh-CN.md)']
    expect(read(introduction)).toContain(`(${file})`)
    expect(doc).toContain(other)
  })
})

test('both languages have the same sections', () => {
  const sections = (file: string) => [...read(file).matchAll(/^## (\d+)\./gm)].map(([, number]) => number)
  expect(sections('docs/deploy.zh-CN.md')).toEqual(sections('docs/deploy.md'))
})
