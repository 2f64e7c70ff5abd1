import * as glassEasel from 'glass-easel'
import type { CodeSpace } from 'glass-easel-miniprogram-adapter'

/**
 * The engine leaves the `ready` lifetime to its host: once per component, children first, after layout.
 * Must be installed before any component is defined.
 */
export function installReady(space: CodeSpace): void {
  let queue: glassEasel.GeneralComponent[] = []
  const flush = () => {
    const attached = queue.reverse()
    queue = []
    for (const component of attached) {
      if (glassEasel.Element.isAttached(component)) component.triggerLifetime('ready', [])
    }
  }
  const behavior = space.getComponentSpace().defineBehavior({
    lifetimes: {
      attached() {
        if (queue.length === 0) requestAnimationFrame(flush)
        // Hooks run with the adapter's caller as `this`, or with the component itself when it has none.
        const self = this as unknown as glassEasel.GeneralComponent & { _$?: glassEasel.GeneralComponent }
        queue.push(self._$ ?? self)
      },
    },
  })
  space.setOverallBehavior(behavior as glassEasel.GeneralBehavior)
}
