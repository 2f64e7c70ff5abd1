import { component } from 'glass-easel-miniprogram-adapter'

type Node = { width: number; height: number }
type Done = (result: { node: HTMLCanvasElement | null }) => void
interface Query {
  _$push(
    selector: string | null,
    comp: unknown,
    single: boolean,
    fields: Record<string, unknown>,
    done: (r: unknown) => void,
  ): void
}
interface Ref {
  _$sq: Query
  _$sel: string | null
  _$comp: unknown
  _$single: boolean
  node(done?: Done): Query
  fields(fields: Record<string, unknown>, done?: (result: unknown) => void): Query
}

/** The canvas of a `<canvas type="2d">` host, with what WeChat adds to it. */
export function canvasNode(host: unknown): HTMLCanvasElement | null {
  const canvas = host instanceof HTMLElement ? host.querySelector('canvas') : null
  if (!canvas) return null
  return Object.assign(canvas, {
    createImage: () => new Image(),
    requestAnimationFrame: (callback: FrameRequestCallback) => requestAnimationFrame(callback),
    cancelAnimationFrame: (id: number) => cancelAnimationFrame(id),
  } satisfies Record<string, unknown> & Partial<Node>)
}

/** In WeChat a result is given to its own callback and to that of exec(); turn the host that the engine yields into a node. */
function withNode(result: unknown): unknown {
  if (Array.isArray(result)) return result.map(withNode)
  if (!result || typeof result !== 'object' || !('context' in result)) return result
  return Object.assign(result, { node: canvasNode(result.context), context: undefined })
}

let installed = false

/** Adds `.node()` and `fields({ node: true })` to SelectorQuery, which the adapter lacks. */
export function installSelectorNodes(): void {
  if (installed) return
  installed = true
  const caller = component.ComponentCaller.prototype as unknown as { createSelectorQuery(): { select(s: string): Ref } }
  const original = caller.createSelectorQuery
  let patched = false
  caller.createSelectorQuery = function createSelectorQuery() {
    const query = original.call(this)
    if (!patched) {
      patched = true
      const proto = Object.getPrototypeOf(query.select('')) as Ref
      const fields = proto.fields
      proto.fields = function withNodes(wanted, done = () => {}) {
        if (!wanted.node) return fields.call(this, wanted, done)
        return fields.call(this, { ...wanted, context: true }, (result) => done(withNode(result)))
      }
      proto.node = function node(done = () => {}) {
        return this.fields({ node: true }, done as (result: unknown) => void)
      }
    }
    return query
  }
}
