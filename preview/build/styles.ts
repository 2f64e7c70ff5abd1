import fs from 'node:fs'
import path from 'node:path'
import type { Project, ProjectModule } from './project'
import { compileWxss } from './wxss'

/** Style isolation of a module: the prefix of its classes, or null when they are shared. */
export function scopeOf({ config, isPage }: ProjectModule, index: number): string | null {
  const isolation = config.styleIsolation ?? (config.component && !isPage ? 'isolated' : 'shared')
  return isolation === 'shared' || isolation === 'page-shared' ? null : `c${index}`
}

/** All stylesheets of the project as one, in WeChat's order of precedence: app, components, pages. */
export function compileStyles(project: Project, tags: ReadonlySet<string>): { css: string; problems: string[] } {
  const problems: string[] = []
  const compile = (name: string, scope: { classPrefix: string | null; route?: string }) => {
    const file = path.join(project.root, `${name}.wxss`)
    if (!fs.existsSync(file)) return ''
    try {
      return compileWxss(file, project.root, { ...scope, isBuiltin: (tag) => tags.has(tag) })
    } catch (error) {
      problems.push(`${name}.wxss ${error instanceof Error ? error.message : String(error)}`)
      return ''
    }
  }
  const styled = project.modules.map((module, index) => ({ module, scope: scopeOf(module, index) }))
  const components = styled.filter(({ module }) => !module.isPage)
  const pages = styled.filter(({ module }) => module.isPage)
  const sheets = [
    compile('app', { classPrefix: null }),
    ...components.map(({ module, scope }) => compile(module.path, { classPrefix: scope })),
    ...pages.map(({ module, scope }) => compile(module.path, { classPrefix: scope, route: module.path })),
  ]
  return { css: sheets.join('\n'), problems }
}
