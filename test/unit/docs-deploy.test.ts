import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readConfig, variables } from '../../cloudfunctions/adapters/config'

const ROOT = resolve(__dirname, '../..')
const doc = readFileSync(resolve(ROOT, 'docs/deploy.md'), 'utf8')

/** Rows of the table of variables: name, default, meaning, example. */
const rows = [...doc.matchAll(/^\| `([A-Z_]+)` \| (.+?) \| (.+?) \| `(.+?)` \|$/gm)].map(
  ([, name = '', standard = '', , example = '']) => ({ name, standard, example }),
)

test('every variable of the functions is in the table, with its true default, and no other one', () => {
  const shown: Record<string, string> = { required: 'required', none: '', 'set by CloudBase': 'platform' }
  const told = Object.fromEntries(
    rows.map(({ name, standard }) => [name, shown[standard] ?? standard.replace(/^`(.*)`$/, '$1')]),
  )
  const platform = { TCB_ENV: 'platform', SCF_NAMESPACE: 'platform' }
  const true_ = Object.fromEntries(Object.entries(variables()).map(([name, value]) => [name, value ?? 'required']))
  expect(told).toEqual({ ...true_, ...platform })
})

test('the examples make a configuration that the functions accept', () => {
  const examples = Object.fromEntries(rows.map(({ name, example }) => [name, example]))
  expect(readConfig(examples).service.live.pushBase).toBe('rtmp://push.example.com/live')
})

test('the collections and indexes are those of database.json', () => {
  const file = readFileSync(resolve(ROOT, 'cloudfunctions/database.json'), 'utf8')
  const { collections } = JSON.parse(file) as {
    collections: Record<string, { indexes: { keys: [string, number][]; unique: boolean }[] }>
  }
  const columns = (keys: [string, number][]) => keys.map(([field]) => `\`${field}\``)
  for (const [name, { indexes }] of Object.entries(collections)) {
    const row = new RegExp(`^\\| \`${name}\` \\|(.*)\\|$`, 'm').exec(doc)?.[1]
    const listed = (row ?? '').split(' · ').map((index) => index.match(/`\w+`/g) ?? [])
    expect([name, listed.filter((found) => found.length > 0)]).toEqual([name, indexes.map(({ keys }) => columns(keys))])
    expect(indexes.filter(({ unique }) => unique)).toEqual([])
  }
})

test('both introductions lead to it', () => {
  for (const name of ['README.md', 'README.en.md'])
    expect(readFileSync(resolve(ROOT, name), 'utf8')).toContain('(docs/deploy.md)')
})
