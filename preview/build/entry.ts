import path from 'node:path'
import type { Known } from '../runtime/known'
import type { Project } from './project'
import { compileStyles, scopeOf } from './styles'
import { compileTemplates } from './templates'

const RUNTIME = path.resolve(__dirname, '../runtime/main.ts')

/** The generated entry of a phone's script and its stylesheet. */
export interface CompiledApp {
  readonly script: string
  readonly css: string
  readonly problems: readonly string[]
}

const json = (value: unknown) => JSON.stringify(value)

/** Compiles everything of the project but its scripts, and writes the entry that loads those. */
export function compileApp(project: Project, known: Known, dev: boolean): CompiledApp {
  const templates = compileTemplates(project.root, project.modules, known, { dev })
  const styles = compileStyles(project, new Set(Object.keys(known.templates)))
  const modules = project.modules.map(
    (module, index) =>
      `{path:${json(module.path)},config:${json(module.config)},scope:${json(scopeOf(module, index))},load:()=>require(${json(module.script)})}`,
  )
  const script = `
import { main } from ${json(RUNTIME)}
main({
  app: ${json(project.app)},
  pages: ${json(project.pages)},
  templates: ${templates.code},
  modules: [${modules.join(',\n')}],
  loadApp: () => require(${json(project.appScript)}),
})`
  const problems = [...templates.problems, ...styles.problems]
  if (problems.length > 0) {
    // The scripts are still read, so that all problems are told at once; the runtime would be for nothing.
    const scripts = [project.appScript, ...project.modules.map((module) => module.script)]
    return { script: scripts.map((file) => `require(${json(file)})`).join('\n'), css: '', problems }
  }
  return { script, css: styles.css, problems }
}
