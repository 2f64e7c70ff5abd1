import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { FUNCTIONS } from '../build-functions'
import { type ClientBackend, readBackend } from './backend'
import { Told } from './told'
import { readTable, type VariableRow } from './variable-table'

export interface FunctionManifest {
  permissions?: { openapi?: string[] }
  triggers?: { name?: string; type?: string; config?: string }[]
}

export interface CollectionIndex {
  name: string
  keys: [field: string, direction: number][]
  unique: boolean
}

/** The files of this project that a deployment depends on. */
export interface ProjectFiles {
  projectConfig: { appid?: string; libVersion?: string; cloudfunctionRoot?: string }
  app: {
    __usePrivacyCheck__?: boolean
    permission?: Record<string, { desc?: string }>
  }
  /** Where the mini program calls; null when its config file does not say so in plain words. */
  backend: ClientBackend | null
  functions: Readonly<Record<string, FunctionManifest>>
  /** Functions whose built file is there. */
  built: readonly string[]
  collections: Readonly<Record<string, { indexes: CollectionIndex[] }>>
  /** What docs/deploy.md says about each variable, in both languages. */
  table: Readonly<Record<'zh' | 'en', Readonly<Record<string, VariableRow>>>>
}

/** @throws Told when a file is missing or no JSON */
export function readProject(root: string): ProjectFiles {
  const text = (file: string): string => {
    try {
      return readFileSync(join(root, file), 'utf8')
    } catch (error) {
      throw new Told(
        `${file} cannot be read (${(error as NodeJS.ErrnoException).code}): run this in the project's folder`,
      )
    }
  }
  const json = <T>(file: string): T => {
    try {
      return JSON.parse(text(file)) as T
    } catch (error) {
      throw error instanceof Told ? error : new Told(`${file} is not JSON`)
    }
  }
  const manifest = (name: string) => [name, json<FunctionManifest>(`cloudfunctions/${name}/config.json`)] as const
  const built = (name: string): boolean => existsSync(join(root, 'dist/cloudfunctions', name, 'index.js'))
  return {
    projectConfig: json('project.config.json'),
    app: json('miniprogram/app.json'),
    backend: readBackend(text('miniprogram/config.ts')),
    functions: Object.fromEntries(FUNCTIONS.map(manifest)),
    built: FUNCTIONS.filter(built),
    collections: json<{ collections: ProjectFiles['collections'] }>('cloudfunctions/database.json').collections,
    table: { zh: readTable(text('docs/deploy.zh-CN.md')), en: readTable(text('docs/deploy.md')) },
  }
}
