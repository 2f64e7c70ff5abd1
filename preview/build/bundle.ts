import fs from 'node:fs'
import path from 'node:path'
import * as esbuild from 'esbuild'
import type { Known } from '../runtime/known'
import { checkWx } from './check-wx'
import { compileApp } from './entry'
import { readKnown } from './known'
import { readProject } from './project'

const PREVIEW = path.resolve(__dirname, '..')
const MODULES = path.resolve(__dirname, '../../node_modules')
const APP = 'preview:app'
const STYLE = 'preview:style'

export interface BundleOptions {
  /** The mini program's root: the folder of app.json. */
  readonly root: string
  /** Development build: source maps, readable templates. */
  readonly dev: boolean
  /** Adds the page around the phones. */
  readonly shell: boolean
}

/** What a build yields. `files` are served under `/preview/`; empty when the build failed. */
export interface BuildResult {
  readonly problems: readonly string[]
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** A build that can be repeated cheaply. */
export interface Bundler {
  build(): Promise<BuildResult>
  end(): Promise<void>
}

/** `require.async('x')` of WeChat loads late, as `import('x')` does; both return a promise of the module. */
const lateRequires = (source: string) => source.replace(/\brequire\.async\s*(?:<[^>()]*>)?\s*\(/g, 'import(')

/** Feeds the compiled mini program to esbuild and collects what is wrong with it. */
function miniProgram({ root, dev }: BundleOptions, problems: string[]): esbuild.Plugin {
  let css = ''
  let known: Known = { props: {}, templates: {}, wx: [] }
  let names: ReadonlySet<string> = new Set()
  let subpackages: readonly string[] = []
  return {
    name: 'mini-program',
    setup(build) {
      build.onStart(() => {
        problems.length = 0
        known = readKnown()
        names = new Set(known.wx)
      })
      build.onResolve({ filter: /^preview:/ }, ({ path: name }) => ({ path: name, namespace: 'preview' }))
      build.onLoad({ filter: /^preview:app$/, namespace: 'preview' }, () => {
        const project = readProject(root)
        const compiled =
          project.problems.length === 0 ? compileApp(project, known, dev) : { script: '', css: '', problems: [] }
        problems.push(...project.problems, ...compiled.problems)
        subpackages = project.subpackages
        css = compiled.css
        return { contents: `${compiled.script}\nimport ${JSON.stringify(STYLE)}`, loader: 'js', resolveDir: root }
      })
      build.onResolve({ filter: /^\./ }, ({ path: target, importer, resolveDir, kind, namespace }) => {
        const file = path.resolve(resolveDir, target)
        const home = subpackages.find((folder) => file.startsWith(folder))
        if (home && namespace === 'file' && kind !== 'dynamic-import' && !importer.startsWith(home)) {
          problems.push(`${path.relative(root, importer)} ${target} lies in a subpackage: use require.async`)
        }
        return undefined
      })
      build.onLoad({ filter: /^preview:style$/, namespace: 'preview' }, () => ({
        contents: css,
        loader: 'css',
        resolveDir: root,
      }))
      build.onLoad({ filter: /\.[tj]s$/ }, async ({ path: file }) => {
        if (!file.startsWith(root + path.sep) || file.includes(`${path.sep}node_modules${path.sep}`)) return undefined
        const source = await fs.promises.readFile(file, 'utf8')
        problems.push(...checkWx(path.relative(root, file), source, names))
        return { contents: lateRequires(source), loader: file.endsWith('.ts') ? 'ts' : 'js' }
      })
    },
  }
}

const messageOf = ({ text, location }: esbuild.Message) =>
  location ? `${location.file}:${location.line}:${location.column + 1} ${text}` : text

/** Prepares the bundle of runtime, mini program and, if wanted, shell: `app.js`, `phone.css`, `shell.js`, late chunks. */
export async function createBundler(options: BundleOptions): Promise<Bundler> {
  const problems: string[] = []
  const shell = path.join(PREVIEW, 'shell/main.ts')
  const context = await esbuild.context({
    entryPoints: [
      { in: APP, out: 'app' },
      { in: path.join(PREVIEW, 'runtime/styles/phone.css'), out: 'phone' },
      ...(options.shell ? [{ in: shell, out: 'shell' }] : []),
    ],
    bundle: true,
    write: false,
    outdir: '/preview',
    format: 'esm',
    splitting: true,
    target: 'es2022',
    sourcemap: options.dev ? 'linked' : false,
    minify: !options.dev,
    nodePaths: [MODULES],
    loader: { '.wasm': 'file', '.svg': 'dataurl', '.png': 'dataurl', '.woff2': 'dataurl' },
    external: ['/assets/*', '/images/*'],
    define: { 'process.env.NODE_ENV': options.dev ? '"development"' : '"production"' },
    logLevel: 'silent',
    plugins: [miniProgram(options, problems)],
  })
  return {
    async build() {
      try {
        const { outputFiles, warnings } = await context.rebuild()
        const found = [...new Set([...problems, ...warnings.map(messageOf)])]
        const files = new Map(outputFiles.map((file) => [file.path.replace(/^\/preview\//, ''), file.contents]))
        return { problems: found, files }
      } catch (error) {
        const errors = (error as Partial<esbuild.BuildFailure>).errors?.map(messageOf) ?? [String(error)]
        return { problems: [...new Set([...problems, ...errors])], files: new Map() }
      }
    },
    end: () => context.dispose(),
  }
}
