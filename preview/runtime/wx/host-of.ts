import { registry } from '../builtins/registry'

interface Caller {
  readonly _$?: { getShadowRoot(): { querySelector(selector: string): { readonly $$: unknown } | null } | null }
}

/** The builtin with this id in a component's own tree; ids of other components are out of reach, as in WeChat. */
export function hostOf(component: unknown, id: string, tag: string) {
  const found = (component as Caller | undefined)?._$?.getShadowRoot()?.querySelector(`#${id}`)
  if (!found || !(found.$$ instanceof Element)) return undefined
  const builtin = registry.at(found.$$)
  return builtin?.tag === tag ? builtin : undefined
}
