import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const root = path.resolve(__dirname, '../..')

/** [file, what it imports, whether docs/architecture.md allows it] */
const CASES: [string, string, boolean][] = [
  ['miniprogram/protocol/a.ts', './room', true],
  ['miniprogram/protocol/b.ts', '../stores/scope', false],
  ['miniprogram/protocol/b2.ts', 'mobx-miniprogram', false],
  ['miniprogram/stores/c.ts', '../services/device/port', true],
  ['miniprogram/stores/d.ts', '../services/clock', true],
  ['miniprogram/stores/e.ts', '../protocol/room', true],
  ['miniprogram/stores/f.ts', '../services/device/wx', false],
  ['miniprogram/stores/g.ts', '../wiring/install-live-kit', false],
  ['miniprogram/services/room-api/h.ts', '../../stores/session', false],
  ['miniprogram/components/x/i.ts', '../../services/device/port', false],
  ['miniprogram/components/x/j.ts', '../../stores/kit', true],
  ['miniprogram/pages/x/k.ts', '../../services/room-api/port', false],
  ['miniprogram/pages/x/l.ts', '../../wiring/install-live-kit', true],
  ['miniprogram/wiring/m.ts', '../pages/home/home', false],
  ['miniprogram/compat/x/m2.ts', '../../stores/kit', true],
  ['miniprogram/compat/x/m3.ts', '../../services/room-api/port', false],
  ['cloudfunctions/core/n.ts', 'node:crypto', true],
  ['cloudfunctions/core/o.ts', './rooms', true],
  ['cloudfunctions/core/p.ts', '../adapters/im-rest', false],
  ['cloudfunctions/core/q.ts', 'ws', false],
  ['cloudfunctions/contract/r.ts', 'valibot', true],
  ['cloudfunctions/contract/s.ts', '../core/rooms', false],
  ['cloudfunctions/adapters/t.ts', '../contract/actions', false],
  ['local/css/u.ts', '../../miniprogram/protocol/room', true],
  ['local/css/v.ts', '../../cloudfunctions/core/live-urls', false],
  ['preview/runtime/w.ts', '../../miniprogram/stores/kit', false],
  ['desk/media/x1.ts', '../../miniprogram/stores/media/handles', true],
  ['desk/wiring/x2.ts', '../../miniprogram/services/room-api/http', true],
  ['desk/media/x3.ts', '../../preview/media/push', true],
  ['desk/view/x4.ts', '../../miniprogram/components/live-room/card', false],
  ['desk/wiring/x5.ts', '../../miniprogram/wiring/install-live-kit', false],
  ['desk/view/x6.ts', '../../preview/runtime/phone', false],
  ['desk/model/x7.ts', '../../cloudfunctions/core/rooms', false],
]

interface Report {
  diagnostics: { category: string; location: { path: string | { file: string } } }[]
}

test('an import against the direction of the house is a lint error, and every allowed one passes', () => {
  const tree = fs.mkdtempSync(path.join(os.tmpdir(), 'import-rules-'))
  try {
    fs.copyFileSync(path.join(root, 'biome.json'), path.join(tree, 'biome.json'))
    for (const [file, target] of CASES) {
      fs.mkdirSync(path.dirname(path.join(tree, file)), { recursive: true })
      fs.writeFileSync(path.join(tree, file), `import { a } from '${target}'\n\na()\n`)
    }
    fs.writeFileSync(path.join(tree, 'miniprogram/stores/global.ts'), 'wx.login()\n')
    const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome')
    const args = [biome, 'lint', '--vcs-enabled=false', '--max-diagnostics=none', '--reporter=json', '.']
    const { stdout } = spawnSync(process.execPath, args, { cwd: tree, encoding: 'utf8' })
    const refused = (JSON.parse(stdout) as Report).diagnostics
      .filter((d) => /noRestricted(Imports|Globals)/.test(d.category))
      .map((d) => (typeof d.location.path === 'string' ? d.location.path : d.location.path.file))
    const expected = CASES.filter(([, , allowed]) => !allowed).map(([file]) => file)
    expect([...new Set(refused)].sort()).toEqual([...expected, 'miniprogram/stores/global.ts'].sort())
  } finally {
    fs.rmSync(tree, { recursive: true, force: true })
  }
})
