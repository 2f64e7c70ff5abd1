import fs from 'node:fs'
import path from 'node:path'
import { transform } from 'esbuild'

const IMPORT = /@import\s+["']([^"']+)["'];?/g

/** A style sheet with what it imports in its place, each once. */
function joined(file: string, seen: Set<string>): string {
  if (seen.has(file)) return ''
  seen.add(file)
  return fs
    .readFileSync(file, 'utf8')
    .replace(IMPORT, (_, target: string) => joined(path.resolve(path.dirname(file), target), seen))
}

/** One small style sheet. The targets keep what old web views do not know from being written, such as `inset`. */
export async function packedStyle(file: string): Promise<string> {
  const { code } = await transform(joined(file, new Set()), {
    loader: 'css',
    minify: true,
    target: ['chrome78', 'safari12'],
  })
  return code.trimEnd()
}
