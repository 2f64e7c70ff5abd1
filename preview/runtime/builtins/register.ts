import type { ComponentSpace, GeneralComponent } from 'glass-easel'
import { journal } from '../journal'
import { applyCommon } from './common'
import type { BuiltinDef, BuiltinHost, BuiltinInstance, BuiltinProps } from './define'
import { type ClassTarget, type HoverProps, installHover } from './hover'
import { propsOf } from './props'
import { registry } from './registry'

type PropertyType =
  | StringConstructor
  | NumberConstructor
  | BooleanConstructor
  | ArrayConstructor
  | ObjectConstructor
  | null

function typeOf(value: unknown): PropertyType {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return Array
  const types: Record<string, PropertyType> = { string: String, number: Number, boolean: Boolean, object: Object }
  return types[typeof value] ?? null
}

const HOVER_DEFAULT: Record<string, string> = { button: 'button-hover', navigator: 'navigator-hover' }
const HOVERS = new Set(['view', 'button', 'navigator'])

/** One builtin in the document: the bridge between its engine component and its definition. */
class Living {
  private readonly listeners = new AbortController()
  private readonly instance: BuiltinInstance<BuiltinProps>
  private readonly endHover: () => void
  private seen: BuiltinProps = {}

  constructor(
    private readonly component: GeneralComponent,
    private readonly element: HTMLElement,
    def: BuiltinDef,
  ) {
    const host: BuiltinHost<BuiltinProps> = {
      element,
      get id() {
        return component.id
      },
      get props() {
        return component.data
      },
      find: <T extends HTMLElement>(selector: string) => {
        const found = element.querySelector<T>(selector)
        if (!found) throw new Error(`<${def.tag}> has no ${selector}`)
        return found
      },
      emit: (name, detail = {}, options = {}) => component.triggerEvent(name, detail, options),
      set: (values) => component.setData(values),
      listen: (target, type, listener, options = {}) =>
        target.addEventListener(type, listener as EventListener, { ...options, signal: this.listeners.signal }),
    }
    this.instance = def.attach?.(host) ?? {}
    registry.add({ tag: def.tag, host, instance: this.instance })
    this.endHover = HOVERS.has(def.tag)
      ? installHover(
          element,
          component as unknown as ClassTarget,
          () => component.data as HoverProps,
          HOVER_DEFAULT[def.tag] ?? '',
        )
      : () => {}
    this.update()
  }

  update(): void {
    const props = this.component.data as BuiltinProps
    const changed = new Set(
      Object.keys(props).filter((name) => !(name in this.seen) || this.seen[name] !== props[name]),
    )
    if (changed.size === 0) return
    this.seen = { ...props }
    applyCommon(this.element, props)
    this.instance.update?.(props, changed)
  }

  end(): void {
    this.listeners.abort()
    this.endHover()
    registry.remove(this.element)
    this.instance.detach?.()
  }
}

/** Makes the builtins known to every component of the space. Their templates are in `templates` under `wx://TAG`. */
export function registerBuiltins(
  space: ComponentSpace,
  templates: Record<string, unknown>,
  builtins: readonly BuiltinDef[],
): void {
  const living = new WeakMap<GeneralComponent, Living>()
  for (const def of builtins) {
    const props = propsOf(def)
    const properties = Object.fromEntries(
      Object.entries(props).map(([name, value]) => [name, { type: typeOf(value), value }]),
    )
    const params = {
      is: `wx/${def.tag}`,
      externalClasses: [...(def.externalClasses ?? [])],
      options: { multipleSlots: false, virtualHost: false, propertyEarlyInit: false },
      template: { content: templates[`wx://${def.tag}`], groupList: templates },
      properties,
      observers: {
        [Object.keys(props).join(',')](this: GeneralComponent) {
          living.get(this)?.update()
        },
      },
      lifetimes: {
        attached(this: GeneralComponent) {
          const element = this.$$ as unknown
          if (!(element instanceof HTMLElement)) return journal.problem(`<${def.tag}> has no host node`)
          living.set(this, new Living(this, element, def))
        },
        detached(this: GeneralComponent) {
          living.get(this)?.end()
          living.delete(this)
        },
      },
    }
    const definition = space.defineComponent(params as unknown as Parameters<ComponentSpace['defineComponent']>[0])
    space.setGlobalUsingComponent(def.tag, definition)
  }
}
