import type { BuiltinHost, BuiltinInstance, BuiltinProps } from './define'

/** A living builtin: what a context object, a form or a label reaches it by. */
export interface LiveBuiltin {
  readonly tag: string
  readonly host: BuiltinHost<BuiltinProps>
  readonly instance: BuiltinInstance<BuiltinProps>
}

const living = new Map<Element, LiveBuiltin>()

/** All builtins in the document by their host nodes. */
export const registry = {
  add(builtin: LiveBuiltin): void {
    living.set(builtin.host.element, builtin)
  },
  remove(element: Element): void {
    living.delete(element)
  },
  at(element: Element): LiveBuiltin | undefined {
    return living.get(element)
  },
  /** In document order, inside `root`. */
  inside(root: Element, tag?: string): LiveBuiltin[] {
    const found = [...living.values()].filter((b) => (!tag || b.tag === tag) && root.contains(b.host.element))
    return found.sort((a, b) =>
      a.host.element.compareDocumentPosition(b.host.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
    )
  },
}
