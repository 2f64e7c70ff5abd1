import fs from 'node:fs'
import path from 'node:path'
import type { AppConfig, ComponentConfig, Themes, WindowConfig } from '../runtime/manifest'

/** A page or component on disk. Paths have no extension and are relative to the root. */
export interface ProjectModule {
  readonly path: string
  readonly script: string
  readonly isPage: boolean
  /** `usingComponents` holds absolute paths and includes those of app.json; so do the defaults of `componentGenerics`. */
  readonly config: ComponentConfig
}

export interface Project {
  readonly root: string
  readonly app: AppConfig
  readonly appScript: string
  readonly pages: readonly string[]
  /** Components before those who use them. */
  readonly modules: readonly ProjectModule[]
  /** Folders of the subpackages on disk, each with a separator at its end. */
  readonly subpackages: readonly string[]
  readonly problems: readonly string[]
}

/** `file` with the extension of a script that exists, or null. */
function scriptOf(file: string): string | null {
  return ['.ts', '.js'].map((extension) => file + extension).find((name) => fs.existsSync(name)) ?? null
}

const NO_THEMES: Themes = { light: {}, dark: {} }

/** `@names` in the settings of a window that theme.json does not define for both themes. */
function checkThemed(file: string, window: WindowConfig, themes: Themes): string[] {
  return Object.values(window).flatMap((value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith('@')) return []
    const missing = (['light', 'dark'] as const).filter((theme) => themes[theme]?.[value.slice(1)] === undefined)
    return missing.map((theme) => `${file} ${value} is not in the ${theme} theme`)
  })
}

const blankApp: AppConfig = { pages: [] }

/** Where the walk begins; without it at the pages of app.json. */
export interface Entries {
  readonly pages: readonly string[]
  readonly components: readonly string[]
}

/** Reads app.json and walks to every page and component it reaches. What is missing or malformed becomes a problem. */
export function readProject(root: string, entries?: Entries): Project {
  const problems: string[] = []
  const modules = new Map<string, ProjectModule>()
  const visiting = new Set<string>()

  const readJson = <T>(name: string, fallback: T): T => {
    const file = path.join(root, name)
    if (!fs.existsSync(file)) {
      problems.push(`${name} is missing`)
      return fallback
    }
    try {
      return JSON.parse(fs.readFileSync(file, 'utf8')) as T
    } catch (error) {
      problems.push(`${name} ${error instanceof Error ? error.message : String(error)}`)
      return fallback
    }
  }

  const appJson = readJson('app.json', blankApp)
  const themes = appJson.themeLocation ? readJson(appJson.themeLocation, NO_THEMES) : NO_THEMES
  const app = { ...appJson, themes }
  problems.push(...checkThemed('app.json', app.window ?? {}, themes))

  const locate = (target: string, from: string): string | null => {
    const base = target.startsWith('/') ? target.slice(1) : path.posix.join(path.posix.dirname(from), target)
    const found = [base, `${base}/index`].find((name) => fs.existsSync(path.join(root, `${name}.json`)))
    if (!found) problems.push(`${from}.json component ${target} is not found`)
    return found ?? null
  }

  const visit = (name: string, isPage: boolean): void => {
    if (modules.has(name) || visiting.has(name)) return
    visiting.add(name)
    const json = readJson<ComponentConfig>(`${name}.json`, {})
    problems.push(...checkThemed(`${name}.json`, json, themes))
    const script = scriptOf(path.join(root, name))
    if (!script) problems.push(`${name}.ts is missing`)
    if (!fs.existsSync(path.join(root, `${name}.wxml`))) problems.push(`${name}.wxml is missing`)
    if (!isPage && json.component !== true) problems.push(`${name}.json lacks "component": true`)
    const usingComponents: Record<string, string> = {}
    for (const [tag, target] of Object.entries({ ...app.usingComponents, ...json.usingComponents })) {
      const found = locate(target, json.usingComponents?.[tag] ? name : 'app')
      if (!found) continue
      usingComponents[tag] = `/${found}`
      visit(found, false)
    }
    const componentGenerics: NonNullable<ComponentConfig['componentGenerics']> = {}
    for (const [tag, generic] of Object.entries(json.componentGenerics ?? {})) {
      const found = generic !== true && generic.default ? locate(generic.default, name) : null
      componentGenerics[tag] = found ? { default: `/${found}` } : true
      if (found) visit(found, false)
    }
    const shared = isPage && json.component ? { styleIsolation: json.styleIsolation ?? 'shared' } : {}
    if (script) {
      const config = { ...json, ...shared, usingComponents, componentGenerics }
      modules.set(name, { path: name, script, isPage, config })
    }
  }

  const packages = app.subPackages ?? app.subpackages ?? []
  for (const { root: folder } of packages) {
    if (!fs.existsSync(path.join(root, folder))) problems.push(`app.json the subpackage ${folder} is missing`)
  }
  const declared = [...app.pages, ...packages.flatMap((p) => p.pages.map((page) => path.posix.join(p.root, page)))]
  if (declared.length === 0) problems.push('app.json names no page')
  const pages = entries?.pages ?? declared
  for (const page of pages) visit(page, true)
  for (const component of entries?.components ?? []) visit(component, false)
  const appScript = scriptOf(path.join(root, 'app'))
  if (!appScript) problems.push('app.ts is missing')
  const subpackages = packages.map(({ root: folder }) => path.join(root, folder) + path.sep)
  return { root, app, appScript: appScript ?? '', pages, modules: [...modules.values()], subpackages, problems }
}
