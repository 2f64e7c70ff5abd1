import path from 'node:path'
import { build } from 'esbuild'

/** Packages that the host has from npm. */
export const PEERS = ['mobx-miniprogram', 'mobx-miniprogram-bindings']

/**
 * All code as one module: `installLiveKit`, and `part(name)`, which runs the code of one component. A component's own
 * file calls it, so `Component()` runs while that file does, as the platform wants it; nothing runs before it is used.
 */
export async function packedKit(root: string, names: readonly string[]): Promise<string> {
  const parts = names.map((name) => `  '${name}': () => require('./components/${name}/${name}'),`).join('\n')
  const contents = `
export { installLiveKit } from './wiring/install-live-kit'
const parts = {\n${parts}\n}
export const part = (name) => { parts[name]() }
`
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: root, sourcefile: 'kit.ts', loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'cjs',
    target: 'es2017',
    external: PEERS,
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    absWorkingDir: path.resolve(root),
  })
  const [kit] = outputFiles
  if (!kit) throw new Error('nothing was built')
  return kit.text
}
