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

/** The component as copied folders. */
export function hostWithFolders(): HostApp {
  const app = hostApp('./wiring/install-live-kit', './theme/tokens.wxss', '/components/live-room/live-room')
  for (const name of COPIED) fs.cpSync(path.join(source, name), path.join(app.root, name), { recursive: true })
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
