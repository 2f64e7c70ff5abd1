import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from '../../../preview/build/build'

const FIXTURE = path.resolve(__dirname, '../../fixtures/preview-app')

/** A copy of the fixture with some files changed; null removes one. */
function variant(changes: Record<string, string | null>): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'preview-build-'))
  fs.cpSync(FIXTURE, root, { recursive: true })
  for (const [name, contents] of Object.entries(changes)) {
    const file = path.join(root, name)
    if (contents === null) fs.rmSync(file)
    else {
      fs.mkdirSync(path.dirname(file), { recursive: true })
      fs.writeFileSync(file, contents)
    }
  }
  roots.push(root)
  return root
}

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) fs.rmSync(root, { recursive: true })
})

const problemsOf = async (changes: Record<string, string | null>) => (await build({ root: variant(changes) })).problems

describe('preview build', () => {
  test('the fixture builds without problems into a script and a stylesheet', async () => {
    const { problems, files } = await build({ root: FIXTURE })
    expect(problems).toEqual([])
    expect([...files.keys()]).toEqual(expect.arrayContaining(['app.js', 'app.css', 'phone.css']))
  })

  test.each([
    ['unknown tag', { 'pages/bare/bare.wxml': '<view/>\n<vieww />' }, 'pages/bare/bare.wxml:2 unknown tag <vieww>'],
    [
      'attribute that a builtin lacks',
      { 'pages/bare/bare.wxml': '<scroll-view scrol-y="{{true}}" />' },
      'pages/bare/bare.wxml:1 <scroll-view> has no attribute scrol-y',
    ],
    ['unclosed expression', { 'pages/bare/bare.wxml': '<view>{{a}</view>' }, 'pages/bare/bare.wxml:1:'],
    ['wrong end tag', { 'pages/bare/bare.wxml': '<view></veiw>' }, 'invalid end tag'],
    [
      'component that is not there',
      { 'pages/bare/bare.json': '{"usingComponents":{"x":"/components/x/x"}}' },
      'pages/bare/bare.json component /components/x/x is not found',
    ],
    ['missing page script', { 'pages/bare/bare.ts': null }, 'pages/bare/bare.ts is missing'],
    ['missing page template', { 'pages/bare/bare.wxml': null }, 'pages/bare/bare.wxml is missing'],
    ['broken json', { 'pages/bare/bare.json': '{' }, 'pages/bare/bare.json '],
    [
      'name that the theme lacks',
      { 'theme.json': '{"light":{"bar":"#fff","barText":"black","page":"#fff"},"dark":{"bar":"#000","page":"#000"}}' },
      'app.json @barText is not in the dark theme',
    ],
    [
      'subpackage that is not there',
      { 'app.json': '{"pages":["pages/bare/bare"],"subPackages":[{"root":"late","pages":[]}]}' },
      'app.json the subpackage late is missing',
    ],
    ['missing app script', { 'app.ts': null }, 'app.ts is missing'],
    [
      'missing imported template',
      { 'pages/bare/bare.wxml': '<import src="./no.wxml"/>' },
      'pages/bare/no.wxml is missing',
    ],
    ['missing wxs', { 'pages/bare/bare.wxml': '<wxs module="m" src="./no.wxs"/>' }, 'script pages/bare/no is missing'],
    ['unclosed block of wxss', { 'app.wxss': '.a { color: red;' }, 'app.wxss '],
    ['missing wxss import', { 'app.wxss': '@import "./no.wxss";' }, 'ENOENT'],
    [
      'wx name that the preview lacks',
      { 'pages/bare/bare.ts': 'Page({})\nwx.noSuchThing()' },
      'bare.ts:2 wx.noSuchThing',
    ],
    ['syntax error in a script', { 'pages/bare/bare.ts': 'Page({' }, 'bare.ts:'],
    ['missing module', { 'pages/bare/bare.ts': "import './nowhere'\nPage({})" }, 'Could not resolve "./nowhere"'],
  ])('%s fails the build and is named', async (_, changes, expected) => {
    const problems = await problemsOf(changes)
    expect(problems.some((problem) => problem.includes(expected)) ? expected : problems).toBe(expected)
  })

  test('a failed build writes no file', async () => {
    const root = variant({ 'pages/bare/bare.wxml': '<vieww />' })
    const outDir = path.join(root, 'out')
    const { problems } = await build({ root, outDir })
    expect(problems).toHaveLength(1)
    expect(fs.existsSync(outDir)).toBe(false)
  })

  test('names of wx in comments and texts are no problem', async () => {
    const source = "// wx.notReal()\n/* wx.notReal */\nconst a = 'wx.notReal'\nPage({ data: { a } })"
    expect(await problemsOf({ 'pages/bare/bare.ts': source })).toEqual([])
  })

  test('a script of a subpackage is loaded late or not at all, as in WeChat', async () => {
    const changes = (load: string) => ({
      'app.json': '{"pages":["pages/bare/bare"],"subPackages":[{"root":"late","pages":[]}]}',
      'late/index.ts': "import './other'\nexport const late = 1",
      'late/other.ts': 'export const other = 1',
      'pages/bare/bare.ts': `Page({ onLoad: () => ${load}('../../late/index.js') })`,
    })
    expect(await problemsOf(changes('require.async'))).toEqual([])
    expect(await problemsOf(changes('require'))).toEqual([
      'pages/bare/bare.ts ../../late/index.js lies in a subpackage: use require.async',
    ])
  })

  test('a script that loads late by require.async becomes a chunk of its own', async () => {
    const root = variant({
      'late.ts': 'export const late = "loaded late"',
      'pages/bare/bare.ts': "Page({ onLoad: () => require.async('../../late') })",
    })
    const { problems, files } = await build({ root })
    expect(problems).toEqual([])
    const holders = [...files].filter(
      ([name, code]) => name.endsWith('.js') && Buffer.from(code).includes('loaded late'),
    )
    expect(holders.map(([name]) => name)).toEqual([expect.stringMatching(/^late-/)])
  })
})
