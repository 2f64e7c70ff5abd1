import fs from 'node:fs'
import path from 'node:path'
import { transform } from 'esbuild'

const IMPORT = /@import\s+["']([^"']+)["'];?/g

/** What a style sheet imports, as it names it. */
export const importsOf = (css: string): string[] => [...css.matchAll(IMPORT)].map(([, target = '']) => target)

/**
 * A small style sheet. What it imports stays outside, because many parts share it. The targets keep what old web views do
 * not know from being written, such as `inset`.
 */
export async function packedStyle(file: string): Promise<string> {
  const css = fs.readFileSync(file, 'utf8')
  const { code } = await transform(css.replace(IMPORT, ''), {
    loader: 'css',
    minify: true,
    target: ['chrome78', 'safari12'],
  })
  const imports = importsOf(css).map((target) => `@import "${path.posix.normalize(target)}";`)
  return imports.join('') + code.trimEnd()
}
