import fs from 'node:fs'
import path from 'node:path'
import { TmplGroup } from 'glass-easel-template-compiler'
import type { Known } from '../runtime/known'
import { checkWxml } from './check-wxml'
import type { ProjectModule } from './project'

interface Diagnostic {
  readonly path: string
  readonly startLine: number
  readonly startColumn: number
  readonly message: string
}

/** Compiled templates: the text of a JavaScript expression that yields them by path, and what is wrong with them. */
export interface CompiledTemplates {
  readonly code: string
  readonly problems: readonly string[]
}

export interface TemplateOptions {
  readonly dev: boolean
  /** Templates that are not on disk, by path: a test's own. */
  readonly inline?: Readonly<Record<string, string>>
}

/** Compiles the templates of all modules, what they import, their scripts, and those of the builtins. */
export function compileTemplates(
  root: string,
  modules: readonly ProjectModule[],
  known: Known,
  options: TemplateOptions,
): CompiledTemplates {
  const group = options.dev ? TmplGroup.newDev() : new TmplGroup()
  const problems: string[] = []
  const seen = new Set<string>()

  const add = (name: string, components: ReadonlySet<string>): void => {
    if (seen.has(name)) return
    seen.add(name)
    const file = path.join(root, `${name}.wxml`)
    const source = options.inline?.[name] ?? (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null)
    if (source === null) {
      problems.push(`${name}.wxml is missing`)
      return
    }
    problems.push(...checkWxml(name, source, components, known))
    for (const found of (group.addTmpl(name, source) ?? []) as Diagnostic[]) {
      problems.push(`${found.path}.wxml:${found.startLine + 1}:${found.startColumn + 1} ${found.message}`)
    }
    for (const imported of group.getDirectDependencies(name) as string[]) add(imported, components)
    for (const script of group.getScriptDependencies(name) as string[]) addScript(script, name)
  }

  const addScript = (name: string, from: string): void => {
    if (seen.has(`${name}.wxs`)) return
    seen.add(`${name}.wxs`)
    const file = path.join(root, name.endsWith('.wxs') ? name : `${name}.wxs`)
    if (fs.existsSync(file)) group.addScript(name, fs.readFileSync(file, 'utf8'))
    else problems.push(`${from}.wxml script ${name} is missing`)
  }

  for (const { path: name, config } of modules) {
    add(name, new Set([...Object.keys(config.usingComponents ?? {}), ...Object.keys(config.componentGenerics ?? {})]))
  }
  for (const [tag, wxml] of Object.entries(known.templates)) group.addTmpl(`wx://${tag}`, wxml)
  const code = group.getTmplGenObjectGroups()
  group.free()
  return { code, problems }
}
