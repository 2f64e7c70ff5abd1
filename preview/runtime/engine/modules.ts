import type { CodeSpace } from 'glass-easel-miniprogram-adapter'
import { journal } from '../journal'

type Definition = Record<string, unknown> & { behaviors?: unknown[] }
type Define = (definition?: Definition) => unknown

/** WeChat's globals, as the scripts of a mini program find them. */
interface ModuleGlobals {
  Page: Define
  Component: Define
  Behavior: Define
}

const outside =
  (name: string): Define =>
  () => {
    throw new Error(`${name}() was called outside of the script of a page or component`)
  }

/** Runs the scripts of pages and components, each with `Page`, `Component` and `Behavior` bound to its own path. */
export class ModuleLoader {
  private formField: unknown

  constructor(private readonly space: CodeSpace) {}

  /** Defines `path` by running `load`, which has to call Page() or Component(). */
  run(path: string, load: () => void): void {
    const globals = globalThis as unknown as ModuleGlobals
    this.space.componentEnv(path, (env) => {
      const define = env as unknown as ModuleGlobals
      this.formField ??= define.Behavior({ properties: { name: null, value: null } })
      let defined = false
      const once =
        (make: Define): Define =>
        (definition) => {
          defined = true
          return definition ? make(this.withBehaviors(definition)) : make()
        }
      globals.Component = once(define.Component)
      globals.Page = once(define.Page)
      globals.Behavior = (definition) => define.Behavior(definition && this.withBehaviors(definition))
      load()
      globals.Component = outside('Component')
      globals.Page = outside('Page')
      if (!defined && path !== APP_MODULE) journal.problem(`${path}: its script called neither Page() nor Component()`)
    })
  }

  /** The adapter takes behavior objects only; the built-in ones are given by name. */
  private withBehaviors(definition: Definition): Definition {
    if (!definition.behaviors) return definition
    const behaviors = definition.behaviors.flatMap((behavior) => {
      if (typeof behavior !== 'string') return [behavior]
      if (behavior.startsWith('wx://form-field')) return [this.formField]
      if (behavior !== 'wx://component-export') journal.problem(`unknown behavior ${behavior}`)
      return []
    })
    return { ...definition, behaviors }
  }
}

/** Stands for app.ts, which defines no component but may be imported by behaviors. */
export const APP_MODULE = 'app'
