import path from 'node:path'
import * as esbuild from 'esbuild'
import type { Known } from '../runtime/known'

/** Stands for whatever the media tags import: they are described here, not run. */
const nothing: unknown = new Proxy(() => nothing, { get: () => nothing })

/**
 * Describes the runtime as it is on disk now. It is bundled without the media layer and evaluated, because media code
 * needs a browser, and so that a watching server sees a builtin that was changed a moment ago.
 */
export function readKnown(): Known {
  const { outputFiles } = esbuild.buildSync({
    entryPoints: [path.resolve(__dirname, '../runtime/known.ts')],
    bundle: true,
    write: false,
    format: 'cjs',
    platform: 'neutral',
    target: 'es2022',
    external: ['../../media/*'],
    logLevel: 'silent',
  })
  const module = { exports: {} as { describeRuntime(): Known } }
  const run = new Function('module', 'exports', 'require', outputFiles[0]?.text ?? '')
  run(module, module.exports, () => nothing)
  return module.exports.describeRuntime()
}
