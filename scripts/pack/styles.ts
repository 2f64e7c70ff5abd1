import fs from 'node:fs'
import path from 'node:path'
import { transform } from 'esbuild'

const IMPORT = /@import\s+["']([^"']+)["'];?/g
const RGBA = /rgba\((\d+), *(\d+), *(\d+), *(0?\.\d+)\)/g

/** What a style sheet imports, as it names it. */
export const importsOf = (css: string): string[] => [...css.matchAll(IMPORT)].map(([, target = '']) => target)

/** `rgba(255, 255, 255, 0.8)` is `#fffc`: esbuild does so where it knows that a colour stands, which is in no variable. */
const shortColours = (css: string): string =>
  css.replace(RGBA, (_, ...[red, green, blue, alpha]: string[]) => {
    const parts = [Number(red), Number(green), Number(blue), Math.round(Number(alpha) * 255)]
    const hex = parts.map((part) => part.toString(16).padStart(2, '0'))
    return `#${(hex.every(([a, b]) => a === b) ? hex.map(([a]) => a) : hex).join('')}`
  })

/**
 * A small style sheet. What it imports stays outside, because many parts share it. The targets keep what old web views do
 * not know from being written, such as `inset`.
 */
export async function packedStyle(file: string): Promise<string> {
  const css = fs.readFileSync(file, 'utf8')
  const { code } = await transform(shortColours(css.replace(IMPORT, '')), {
    loader: 'css',
    minify: true,
    target: ['chrome78', 'safari12'],
  })
  const imports = importsOf(css).map((target) => `@import "${path.posix.normalize(target)}";`)
  return imports.join('') + code.trimEnd().replace(/(--[\w-]+[,:]) /g, '$1')
}
