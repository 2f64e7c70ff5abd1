import fs from 'node:fs'
import path from 'node:path'
import * as esbuild from 'esbuild'

const DESK = path.resolve(__dirname, '..')

/** The page itself; scripts and styles stand beside it. */
export const PAGE = path.join(DESK, 'index.html')

/** Folders whose files the page is made of. */
export const SOURCES = [
  DESK,
  ...['protocol', 'stores', 'services', 'locales'].map((folder) => path.resolve(DESK, '../miniprogram', folder)),
  path.resolve(DESK, '../preview/media'),
]

/** Options for the bundle of the desk: `desk.js`, `desk.css`, and chunks that are loaded when they are needed. */
export const bundleOptions = (dev: boolean): esbuild.BuildOptions => ({
  entryPoints: [{ in: path.join(DESK, 'main.tsx'), out: 'desk' }],
  bundle: true,
  outdir: 'dist/desk',
  format: 'esm',
  splitting: true,
  target: 'es2022',
  jsx: 'automatic',
  jsxImportSource: 'preact',
  sourcemap: dev ? 'linked' : false,
  minify: !dev,
  loader: { '.wasm': 'file' },
  define: { 'process.env.NODE_ENV': dev ? '"development"' : '"production"' },
  logLevel: 'silent',
})

/** Writes the page as it is published. Rejects with esbuild's messages. */
export async function buildDesk(outDir: string): Promise<void> {
  await esbuild.build({ ...bundleOptions(false), outdir: outDir })
  fs.copyFileSync(PAGE, path.join(outDir, 'index.html'))
}
