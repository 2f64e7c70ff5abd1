import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { build } from '../../../preview/build/build'

const source = path.resolve(__dirname, '../../../miniprogram')
/** What the READMEs say to copy. */
const COPIED = ['components', 'protocol', 'services', 'stores', 'wiring', 'locales', 'theme']

/** A mini program of somebody else, with one page that uses the component as the READMEs show it. */
function foreignApp(): string {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'drop-in-'))
  for (const name of COPIED) fs.cpSync(path.join(source, name), path.join(root, name), { recursive: true })
  const write = (file: string, content: unknown): void => {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    fs.writeFileSync(path.join(root, file), typeof content === 'string' ? content : JSON.stringify(content))
  }
  write('app.json', { pages: ['pages/show/show'] })
  write('app.wxss', '@import "./theme/tokens.wxss";')
  write(
    'app.ts',
    "import { installLiveKit } from './wiring/install-live-kit'\ninstallLiveKit({ backend: { kind: 'cloud', env: 'local' } })\nApp({})\n",
  )
  write('pages/show/show.json', { usingComponents: { 'live-room': '/components/live-room/live-room' } })
  write('pages/show/show.wxml', '<live-room role="audience" room-id="{{roomId}}" bindended="done" bindexit="done" />')
  write('pages/show/show.ts', "Page({ data: { roomId: '' }, done() {} })\n")
  return root
}

test('the folders that the READMEs name are all that a foreign mini program needs', async () => {
  const root = foreignApp()
  const outDir = fs.mkdtempSync(path.join(os.tmpdir(), 'drop-in-out-'))
  try {
    const { problems, files } = await build({ root, outDir, dev: true, shell: false })
    expect(problems).toEqual([])
    expect([...files.keys()].join(' ')).toMatch(/\.js/)
    for (const name of ['README.md', 'README.en.md']) {
      expect(fs.readFileSync(path.resolve(source, '..', name), 'utf8')).toContain(COPIED.join(' '))
    }
  } finally {
    for (const folder of [root, outDir]) fs.rmSync(folder, { recursive: true, force: true })
  }
})
