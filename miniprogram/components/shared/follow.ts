import { createStoreBindings } from 'mobx-miniprogram-bindings'

/** Fields of a template, each read from a model. */
export type Fields = Record<string, () => unknown>

/**
 * Keeps `fields` of a component at what the model says: all at once now, each again when it changes. `alive` is asked before
 * every update. Returns what ends it.
 */
export function follow(instance: unknown, store: object, fields: Fields, alive: () => boolean): () => void {
  const component = instance as { setData(data: Record<string, unknown>): void }
  const target = { setData: (data: Record<string, unknown>) => alive() && component.setData(data) }
  const bindings = createStoreBindings(target, { store, fields, actions: [], structuralComparison: true })
  bindings.updateStoreBindings()
  return () => bindings.destroyStoreBindings()
}
