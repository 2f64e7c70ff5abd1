import fs from 'node:fs'
import path from 'node:path'
import { build } from 'esbuild'

const root = path.resolve(__dirname, '..')

interface Manifest {
  main?: string
  miniprogram?: string
  dependencies?: Record<string, string>
}

const readManifest = (file: string): Manifest => JSON.parse(fs.readFileSync(file, 'utf8')) as Manifest

/**
 * Does what "build npm" does in DevTools, so that a clone opens there without that click: every dependency of
 * package.json becomes `miniprogram/miniprogram_npm/<name>/index.js`, other dependencies staying outside of it.
 */
export async function buildNpm(): Promise<void> {
  const names = Object.keys(readManifest(path.join(root, 'package.json')).dependencies ?? {})
  const out = path.join(root, 'miniprogram', 'miniprogram_npm')
  fs.rmSync(out, { recursive: true, force: true })
  for (const name of names) {
    const home = path.join(root, 'node_modules', name)
    const manifest = readManifest(path.join(home, 'package.json'))
    if (manifest.miniprogram) {
      fs.cpSync(path.join(home, manifest.miniprogram), path.join(out, name), {
        recursive: true,
        filter: (source) => !source.endsWith('.map'),
      })
      continue
    }
    await build({
      entryPoints: [path.join(home, manifest.main ?? 'index.js')],
      outfile: path.join(out, name, 'index.js'),
      bundle: true,
      format: 'cjs',
      target: 'es2017',
      external: names.filter((other) => other !== name),
      minify: true,
      define: { 'process.env.NODE_ENV': '"production"' },
      legalComments: 'inline',
    })
  }
}
