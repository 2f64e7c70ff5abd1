import { createHash } from 'node:crypto'
import fs from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'

const ROOT = path.resolve(__dirname, '..')
const SOURCE = path.join(ROOT, 'cloudfunctions')

/** Cloud functions of the project: one folder with an `index.ts` and a `config.json` each. */
export const FUNCTIONS = [
  'room',
  'web-room',
  'room-service',
  'live-callback',
  'im-callback',
  'trtc-callback',
  'sweeper',
  'admin',
] as const

export interface BuildOptions {
  /** Where `<name>/index.js` go; relative to the project. */
  outDir: string
  minify?: boolean
}

interface Stamp {
  options: string
  /** Input file -> modification time and size. */
  inputs: Record<string, string>
}

/**
 * Bundles every cloud function into one CommonJS file with nothing left to install, beside its `config.json` and a
 * `package.json` without dependencies. Does nothing while no input has changed. Returns the names of the functions.
 */
export async function buildFunctions({ outDir, minify = false }: BuildOptions): Promise<string[]> {
  const out = path.resolve(ROOT, outDir)
  const stampFile = path.join(out, '.stamp.json')
  const options = await optionsKey(minify)
  if (await upToDate(stampFile, options, out)) return [...FUNCTIONS]

  const result = await build({
    absWorkingDir: ROOT,
    entryPoints: FUNCTIONS.map((name) => ({ in: path.join(SOURCE, name, 'index.ts'), out: path.join(name, 'index') })),
    outdir: out,
    bundle: true,
    platform: 'node',
    target: 'node18',
    format: 'cjs',
    minify,
    // The SDKs read their own package.json; both fields may name the same file.
    mainFields: ['main', 'module'],
    logLevel: 'error',
    metafile: true,
    write: false,
  })
  await Promise.all(FUNCTIONS.map((name) => fs.mkdir(path.join(out, name), { recursive: true })))
  await Promise.all([
    ...result.outputFiles.map((file) => replaceFile(file.path, file.contents)),
    ...FUNCTIONS.map((name) => writeManifest(path.join(out, name), name)),
  ])
  const inputs = await stampsOf(Object.keys(result.metafile.inputs))
  await replaceFile(stampFile, JSON.stringify({ options, inputs } satisfies Stamp))
  return [...FUNCTIONS]
}

async function writeManifest(dir: string, name: string): Promise<void> {
  const manifest = { name, version: '1.0.0', main: 'index.js', dependencies: {} }
  await replaceFile(path.join(dir, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  await replaceFile(path.join(dir, 'config.json'), await fs.readFile(path.join(SOURCE, name, 'config.json')))
}

/** At once: a local cloud that is running, or a build beside this one, never sees half a file. */
async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  const draft = `${file}.${process.pid}.new`
  await fs.writeFile(draft, content)
  await fs.rename(draft, file)
}

/** Changes with this file, the way it was called, and the versions of everything installed. */
async function optionsKey(minify: boolean): Promise<string> {
  const hash = createHash('sha256').update(String(minify))
  for (const file of [__filename, path.join(ROOT, 'package-lock.json')]) hash.update(await fs.readFile(file))
  for (const name of FUNCTIONS) hash.update(await fs.readFile(path.join(SOURCE, name, 'config.json')))
  return hash.digest('hex')
}

async function upToDate(stampFile: string, options: string, out: string): Promise<boolean> {
  try {
    const stamp = JSON.parse(await fs.readFile(stampFile, 'utf8')) as Stamp
    if (stamp.options !== options) return false
    await Promise.all(FUNCTIONS.map((name) => fs.access(path.join(out, name, 'index.js'))))
    const now = await stampsOf(Object.keys(stamp.inputs))
    return Object.entries(stamp.inputs).every(([file, value]) => now[file] === value)
  } catch {
    return false // never built, or an input is gone
  }
}

async function stampsOf(files: string[]): Promise<Record<string, string>> {
  const stamps = await Promise.all(
    // Installed packages change with the lock file only.
    files
      .filter((file) => !file.startsWith('node_modules/'))
      .map(async (file) => {
        const { mtimeMs, size } = await fs.stat(path.join(ROOT, file))
        return [file, `${mtimeMs}:${size}`] as const
      }),
  )
  return Object.fromEntries(stamps)
}

if (require.main === module) {
  buildFunctions({ outDir: 'dist/cloudfunctions', minify: process.argv.includes('--minify') })
    .then((names) => console.error(`built ${names.join(', ')}`))
    .catch((error: unknown) => {
      console.error(error instanceof Error ? error.message : error)
      process.exit(1)
    })
}
