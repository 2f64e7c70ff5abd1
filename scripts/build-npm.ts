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

/** Each `package.json` that ships, and where its packages go. They are all installed at the root. */
const SHIPPED = [
  { manifest: 'package.json', out: 'miniprogram' },
  { manifest: 'miniprogram/chat-sdk/package.json', out: 'miniprogram/chat-sdk' },
]

/**
 * Does what "build npm" does in DevTools, so that a clone opens there without that click: every dependency of what ships
 * becomes `miniprogram_npm/<name>/index.js` beside it, other dependencies staying outside of it.
 */
export async function buildNpm(): Promise<void> {
  await Promise.all(
    SHIPPED.map(({ manifest, out }) => buildPackages(manifest, path.join(root, out, 'miniprogram_npm'))),
  )
}

async function buildPackages(manifestFile: string, out: string): Promise<void> {
  const names = Object.keys(readManifest(path.join(root, manifestFile)).dependencies ?? {})
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
