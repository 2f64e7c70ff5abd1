import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pack, write } from '../../scripts/pack/pack'

const source = path.resolve(__dirname, '../../miniprogram')
/** What the READMEs say to copy. */
export const COPIED = ['components', 'protocol', 'services', 'stores', 'wiring', 'locales', 'theme']

/** A mini program of somebody else, in a folder of its own, with one page that shows a room: `?role=&roomId=`. */
export interface HostApp {
  readonly root: string
  remove(): void
}

function hostApp(install: string, tokens: string, component: string): HostApp {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'host-app-'))
  const put = (file: string, content: unknown): void => {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    fs.writeFileSync(path.join(root, file), typeof content === 'string' ? content : JSON.stringify(content))
  }
  put('app.json', { pages: ['pages/show/show'] })
  put('app.wxss', `@import "${tokens}"; page { height: 100%; }`)
  put(
    'app.js',
    `const { installLiveKit } = require('${install}')
installLiveKit({ backend: { kind: 'cloud', env: 'local' } })
App({})
`,
  )
  put('pages/show/show.json', { navigationStyle: 'custom', usingComponents: { 'live-room': component } })
  put(
    'pages/show/show.wxml',
    `<live-room wx:if="{{role}}" role="{{role}}" room-id="{{roomId}}" room-name="A show" bindended="done" bindexit="done" />`,
  )
  put(
    'pages/show/show.js',
    `Page({
  data: { role: '', roomId: '' },
  onLoad({ role = 'anchor', roomId = '' }) { this.setData({ role, roomId }) },
  done() {},
})
`,
  )
  return { root, remove: () => fs.rmSync(root, { recursive: true, force: true }) }
}

const copyFolders = (root: string, names: readonly string[]): void => {
  for (const name of names) fs.cpSync(path.join(source, name), path.join(root, name), { recursive: true })
}

/** The component as copied folders. */
export function hostWithFolders(): HostApp {
  const app = hostApp('./wiring/install-live-kit', './theme/tokens.wxss', '/components/live-room/live-room')
  copyFolders(app.root, COPIED)
  return app
}

/** The same around the pages of `fixtures/older-pages`, as somebody would move them: only `app` is edited. */
export function hostWithOlderPages(): HostApp {
  const app = hostWithFolders()
  const own = (file: string): string => fs.readFileSync(path.join(app.root, file), 'utf8')
  const kept = { 'app.js': own('app.js'), 'app.wxss': own('app.wxss') }
  copyFolders(app.root, ['compat'])
  fs.rmSync(path.join(app.root, 'pages'), { recursive: true })
  fs.cpSync(path.resolve(__dirname, '../fixtures/older-pages'), app.root, { recursive: true })
  for (const [file, text] of Object.entries(kept)) fs.writeFileSync(path.join(app.root, file), text)
  fs.appendFileSync(path.join(app.root, 'app.wxss'), '.small { font-size: 12px; }')
  return app
}

/** The component as the npm package has it. */
export async function hostWithPackage(): Promise<HostApp> {
  const app = hostApp('./live-kit/index', './live-kit/theme/tokens.wxss', '/live-kit/live-room/live-room')
  const unpacked = path.join(app.root, '..', `${path.basename(app.root)}-package`)
  write(await pack(), unpacked)
  fs.renameSync(path.join(unpacked, 'miniprogram_dist'), path.join(app.root, 'live-kit'))
  fs.rmSync(unpacked, { recursive: true })
  return app
}
