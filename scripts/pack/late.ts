import fs from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'esbuild'

const CALL = /^Component\(/gm

/** The file of a component, as a module with `define()`: what it registered while it was loaded, it registers then. */
export function late(source: string): string {
  if (source.match(CALL)?.length !== 1)
    throw new Error('a component’s file calls Component() once, at the start of a line')
  return source.replace(CALL, 'export const define = () => Component(')
}

/**
 * Components of one bundle that can be imported like any module, which is what lets esbuild see them as one scope, and
 * are still registered one by one.
 */
export const lateComponents = (root: string, names: readonly string[]): Plugin => ({
  name: 'late-components',
  setup({ onLoad }) {
    const files = new Set(names.map((name) => path.resolve(root, 'components', name, `${name}.ts`)))
    onLoad({ filter: /[\\/]components[\\/]/ }, ({ path: file }) =>
      files.has(file) ? { contents: late(fs.readFileSync(file, 'utf8')), loader: 'ts' } : null,
    )
  },
})
