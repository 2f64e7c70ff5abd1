import fs from 'node:fs'
import path from 'node:path'
import { build } from '../../../preview/build/build'
import { pack } from '../../../scripts/pack/pack'
import { importsOf } from '../../../scripts/pack/styles'
import { COPIED, type HostApp, hostWithFolders, hostWithPackage } from '../../support/host-app'

const root = path.resolve(__dirname, '../../..')

async function expectToBuild(app: HostApp): Promise<void> {
  try {
    const { problems, files } = await build({ root: app.root, dev: true, shell: false })
    expect(problems).toEqual([])
    expect([...files.keys()].join(' ')).toMatch(/\.js/)
  } finally {
    app.remove()
  }
}

test('the folders that the READMEs name are all that a foreign mini program needs', async () => {
  await expectToBuild(hostWithFolders())
  for (const name of ['README.md', 'README.en.md']) {
    expect(fs.readFileSync(path.join(root, name), 'utf8')).toContain(COPIED.join(' '))
  }
})

test('a page with a face of its own for the room builds beside it', async () => {
  const app = hostWithFolders()
  const custom = path.join(root, 'test/fixtures/custom-room')
  fs.cpSync(path.join(custom, 'components'), path.join(app.root, 'components'), { recursive: true })
  fs.cpSync(path.join(custom, 'pages/show'), path.join(app.root, 'pages/custom'), { recursive: true })
  fs.writeFileSync(path.join(app.root, 'app.json'), JSON.stringify({ pages: ['pages/show/show', 'pages/custom/show'] }))
  await expectToBuild(app)
})

test('the package is all that a foreign mini program needs', async () => {
  await expectToBuild(await hostWithPackage())
})

test('it can lie in a subpackage with the page that shows it, and the main package has nothing of it', async () => {
  await expectToBuild(await hostWithPackage('live'))
})

test('every path that the package names is in it, and nothing outside of it is needed (P91)', async () => {
  const files = await pack(['live-room'])
  const manifest = JSON.parse(files.get('package.json') ?? '')
  expect(files.has(manifest.main)).toBe(true)
  expect([...files.keys()].filter((file) => file !== 'package.json' && !file.startsWith(manifest.miniprogram))).toEqual(
    [],
  )
  const own = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'))
  expect(manifest.dependencies).toEqual(own.dependencies)
  for (const [file, text] of files) {
    const here = path.posix.dirname(file)
    if (file.endsWith('.json') && file !== 'package.json') {
      for (const target of Object.values<string>(JSON.parse(text).usingComponents ?? {})) {
        expect([file, files.has(`${path.posix.join(here, target)}.js`)]).toEqual([file, true])
      }
    }
    if (file.endsWith('.wxss')) {
      for (const target of importsOf(text))
        expect([file, files.has(path.posix.join(here, target))]).toEqual([file, true])
    }
    if (file.endsWith('.js') && file !== manifest.main) {
      const [, target = ''] = /^require\('(.+)'\)\.part\('[\w-]+'\)\n$/.exec(text) ?? []
      expect([file, `${path.posix.join(here, target)}.js`]).toEqual([file, manifest.main])
    }
  }
})
