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

/** In `apart`, the folder of a subpackage, lie the page and what it installs; without one, all is in the main package. */
function hostApp(install: string, tokens: string, component: string, apart = ''): HostApp {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'host-app-'))
  const put = (file: string, content: unknown): void => {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    fs.writeFileSync(path.join(root, file), typeof content === 'string' ? content : JSON.stringify(content))
  }
  const page = (name: string, config: object, wxml: string, js: string): void => {
    put(`${name}.json`, config)
    put(`${name}.wxml`, wxml)
    put(`${name}.js`, js)
  }
  const installed = (from: string): string => `const { installLiveKit } = require('${from}')
installLiveKit({ backend: { kind: 'cloud', env: 'local' } })
`
  const shows = ['pages/show/show']
  put(
    'app.json',
    apart ? { pages: ['pages/door/door'], subPackages: [{ root: apart, pages: shows }] } : { pages: shows },
  )
  put('app.wxss', `${apart ? '' : `@import "${tokens}"; `}page { height: 100%; }`)
  put('app.js', `${apart ? '' : installed(install)}App({})\n`)
  if (apart) page('pages/door/door', {}, '<view />', 'Page({})\n')
  page(
    path.posix.join(apart, 'pages/show/show'),
    { navigationStyle: 'custom', usingComponents: { 'live-room': component } },
    `<live-room wx:if="{{role}}" role="{{role}}" room-id="{{roomId}}" room-name="A show" bindended="done" bindexit="done" />`,
    `${apart ? installed(path.posix.join('../..', install)) : ''}Page({
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

/** The component as the npm package has it; in `apart`, a subpackage, when there is one. */
export async function hostWithPackage(apart = ''): Promise<HostApp> {
  const home = path.posix.join('/', apart, 'live-kit')
  const app = hostApp('./live-kit/index', './live-kit/theme/tokens.wxss', `${home}/live-room/live-room`, apart)
  const unpacked = path.join(app.root, '..', `${path.basename(app.root)}-package`)
  write(await pack(['live-room']), unpacked)
  fs.renameSync(path.join(unpacked, 'miniprogram_dist'), path.join(app.root, home))
  fs.rmSync(unpacked, { recursive: true })
  return app
}
