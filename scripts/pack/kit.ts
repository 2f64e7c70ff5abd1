import path from 'node:path'
import { build, type Plugin } from 'esbuild'
import { lateComponents } from './late'
import { peersOnce } from './peers'
import { packedWords, wordsIn } from './words'

export interface Kit {
  code: string
  /** Bytes of `code` that each file of the source became, by its path in the mini program. */
  bytes: ReadonlyMap<string, number>
}

/**
 * All code as one module: `installLiveKit`, `useKit`, and `part(name)`, which runs the code of one component. A component's own
 * file calls it, so `Component()` runs while that file does, as the platform wants it; nothing is registered before.
 */
export async function packedKit(root: string, names: readonly string[]): Promise<Kit> {
  const imports = names.map((name, i) => `import { define as part${i} } from './components/${name}/${name}'`)
  const contents = `
export { installLiveKit } from './wiring/install-live-kit'
export { useKit } from './stores/kit'
${imports.join('\n')}
const parts = { ${names.map((name, i) => `'${name}': part${i}`).join(', ')} }
export const part = (name) => { parts[name]() }
`
  const parts = lateComponents(root, names)
  const wordless = await bundled(root, contents, [parts, peersOnce, packedWords([])])
  return bundled(root, contents, [parts, peersOnce, packedWords(wordsIn(wordless.code))])
}

async function bundled(root: string, contents: string, plugins: Plugin[]): Promise<Kit> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: root, sourcefile: 'kit.ts', loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'cjs',
    // A mini program with `es6` in its settings has packages compiled down like its own code; without it, iOS 13.4 reads this.
    target: 'es2020',
    plugins,
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    metafile: true,
    absWorkingDir: path.resolve(root),
  })
  const [kit] = outputFiles
  const [output] = Object.values(metafile.outputs)
  if (!kit || !output) throw new Error('nothing was built')
  const bytes = Object.entries(output.inputs).map(([file, { bytesInOutput }]) => [file, bytesInOutput] as const)
  return { code: kit.text, bytes: new Map(bytes) }
}
