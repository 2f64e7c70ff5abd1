import type { PhoneCore } from './core'
import { WxError } from './error'

type QueryMaker = {
  createSelectorQuery(): unknown
  createIntersectionObserver(options?: unknown): unknown
}

/** Queries about nodes of the visible page or of a given component. */
export function query({ stack }: PhoneCore) {
  const visible = (): QueryMaker => {
    if (!stack.top) throw new WxError('no page')
    return stack.top.caller as unknown as QueryMaker
  }
  return {
    createSelectorQuery: () => visible().createSelectorQuery(),
    createIntersectionObserver: (component: QueryMaker, options?: unknown) =>
      component.createIntersectionObserver(options),
  }
}
