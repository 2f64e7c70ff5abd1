import { component } from 'glass-easel-miniprogram-adapter'

/** One setData of a page or component. */
export interface SetDataCall {
  /** `performance.now()` */
  readonly at: number
  /** Path of the page or component. */
  readonly component: string
  /** Names and paths that were set: `count`, `list[3]`. */
  readonly keys: readonly string[]
  /** UTF-8 bytes of the data as JSON. */
  readonly bytes: number
}

/** Counters of setData, for tests and benches. */
export const setDataStats = { calls: 0, bytes: 0, maxBytes: 0 }

const listeners = new Set<(call: SetDataCall) => void>()

/** Hears of every setData from now on. @returns a function that ends the subscription */
export function onSetData(listener: (call: SetDataCall) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

type Caller = { is?: string; setData(data: unknown, callback?: () => void): void }

let installed = false

/** Counted by hand: no copy is made, and it works where there is no TextEncoder (jsdom). */
function utf8Bytes(text: string): number {
  let bytes = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    // Both halves of a surrogate pair take two bytes each, together four.
    if (unit >= 0x80) bytes += unit < 0x800 || (unit >= 0xd800 && unit < 0xe000) ? 1 : 2
  }
  return bytes
}

/** Counts every setData of pages and components and the bytes its data take as JSON. */
export function countSetData(): void {
  if (installed) return
  installed = true
  const proto = component.ComponentCaller.prototype as unknown as Caller
  const setData = proto.setData
  proto.setData = function counted(this: Caller, data, callback) {
    const bytes = utf8Bytes(JSON.stringify(data) ?? '')
    setDataStats.calls += 1
    setDataStats.bytes += bytes
    setDataStats.maxBytes = Math.max(setDataStats.maxBytes, bytes)
    if (listeners.size > 0) {
      const call = { at: performance.now(), component: this.is ?? '', keys: Object.keys(data ?? {}), bytes }
      for (const listener of listeners) listener(call)
    }
    setData.call(this, data, callback)
  }
}
