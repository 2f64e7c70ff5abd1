/**
 * The loudspeaker of this phone: one AudioContext for the page (browsers allow few) and one switch. Several phones on
 * one page would echo, so a phone inside the shell starts silent until its speaker is switched on.
 */
const listeners = new Set<() => void>()
let context: AudioContext | null = null
// The build loads the builtins in Node to read their properties, where there is no window.
let on = globalThis.parent === globalThis.window

function wake(): void {
  if (context?.state === 'suspended') void context.resume().catch(() => {})
}

export const speakers = {
  get on(): boolean {
    return on
  },

  set(value: boolean): void {
    on = value
    if (on) wake()
    for (const listener of listeners) listener()
  },

  /** @returns a function that ends the subscription */
  onChange(listener: () => void): () => void {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },

  /** Made on first use. Browsers keep it suspended until the person has touched the page. */
  context(): AudioContext {
    if (!context) {
      context = new AudioContext({ latencyHint: 'interactive' })
      for (const type of ['pointerdown', 'keydown'])
        window.addEventListener(type, wake, { capture: true, passive: true })
    }
    wake()
    return context
  },
}
