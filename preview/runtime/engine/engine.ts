import * as glassEasel from 'glass-easel'
import { type AssociatedBackend, type CodeSpace, MiniProgramEnv, type Root } from 'glass-easel-miniprogram-adapter'
import type { BuiltinDef } from '../builtins/define'
import { registerBuiltins } from '../builtins/register'
import { journal } from '../journal'
import type { AppManifest } from '../manifest'
import { PhoneContext } from './dom-context'
import { installEvents } from './events'
import { APP_MODULE, ModuleLoader } from './modules'
import { installReady } from './ready'
import { installSelectorNodes } from './selector-node'
import { countSetData } from './set-data'

const nameOf = (component: unknown) =>
  typeof component === 'string' ? component : ((component as { is?: string } | null)?.is ?? '')

/**
 * What the engine frowns upon and WeChat allows: a number as the list of wx:for, and items without the field that wx:key
 * names. WeChat's compiler takes those for items without a key (`wx:key="index"` is such a field, not the index); here they
 * all have an empty one, and are told apart by their places as well.
 */
const LEGAL = /^Use number as for-list|^Some keys are not unique while list updates: ""/

/** The component engine with one mini program loaded into it. */
export class Engine {
  private readonly backend: AssociatedBackend
  private readonly space: CodeSpace

  constructor(manifest: AppManifest, builtins: readonly BuiltinDef[], onError: (text: string) => void) {
    const tags = new Set(builtins.map((def) => def.tag))
    const context = new PhoneContext((tag) => tags.has(tag))
    const env = new MiniProgramEnv()
    // Ids of WXML become visible to browser tests as `exparser:info-attr-id`.
    glassEasel.globalOptions.writeExtraInfoToAttr = true
    glassEasel.addGlobalWarningListener((message, component) => {
      if (!LEGAL.test(message)) journal.problem(`${nameOf(component)}: ${message}`)
      return false
    })
    glassEasel.addGlobalErrorListener((error: unknown, method: unknown, component: unknown) => {
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      onError(`${nameOf(component)} ${typeof method === 'string' ? method : ''}: ${text}`.trim())
    })
    this.space = env.createCodeSpace('', true)
    this.backend = env.associateBackend(context)
    installEvents(context)
    installReady(this.space)
    installSelectorNodes()
    countSetData()
    registerBuiltins(this.space.getComponentSpace(), manifest.templates, builtins)
    const loader = new ModuleLoader(this.space)
    loader.run(APP_MODULE, manifest.loadApp)
    for (const entry of manifest.modules) this.define(manifest, entry, loader)
  }

  /** Makes a page's component tree; the query becomes properties of pages written with Component(). */
  createRoot(url: string): Root {
    return this.backend.createRoot('wx-page-root', this.space, url)
  }

  private define(manifest: AppManifest, entry: AppManifest['modules'][number], loader: ModuleLoader): void {
    const { path, config, scope, load } = entry
    this.space.addComponentStaticConfig(path, config as Parameters<CodeSpace['addComponentStaticConfig']>[1])
    this.space.addStyleSheet(path, undefined, scope ?? undefined)
    const template = { groupList: manifest.templates, content: manifest.templates[path] }
    this.space.addCompiledTemplate(path, template as unknown as Parameters<CodeSpace['addCompiledTemplate']>[1])
    loader.run(path, load)
  }
}
