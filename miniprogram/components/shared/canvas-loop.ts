/** More pixels than this for one of the layout are not seen in what moves, and cost every frame. */
const RATIO_MAX = 2

/** What is used of a 2d context; the platform's typings leave it open. */
export interface Pen {
  font: string
  textBaseline: 'middle'
  lineWidth: number
  lineJoin: 'round'
  fillStyle: string
  strokeStyle: string
  globalAlpha: number
  setTransform(a: number, b: number, c: number, d: number, e: number, f: number): void
  clearRect(x: number, y: number, width: number, height: number): void
  save(): void
  restore(): void
  translate(x: number, y: number): void
  rotate(radians: number): void
  scale(x: number, y: number): void
  beginPath(): void
  closePath(): void
  moveTo(x: number, y: number): void
  bezierCurveTo(x1: number, y1: number, x2: number, y2: number, x: number, y: number): void
  arc(x: number, y: number, radius: number, from: number, to: number): void
  fill(): void
  fillText(text: string, x: number, y: number): void
  strokeText(text: string, x: number, y: number): void
  measureText(text: string): { width: number }
}

/** Where to draw; sizes in px of the layout. */
export interface Surface {
  pen: Pen
  width: number
  height: number
}

/** A canvas node of type 2d, as a selector query gives it. */
interface CanvasNode {
  width: number
  height: number
  getContext(type: '2d'): Pen
  requestAnimationFrame(callback: (now: number) => void): number
  cancelAnimationFrame(id: number): void
}
interface Found {
  node?: CanvasNode
  width?: number
  height?: number
}
interface Component {
  createSelectorQuery(): WechatMiniprogram.SelectorQuery
}

const pixelRatio = (): number =>
  Math.min(wx.canIUse('getWindowInfo') ? wx.getWindowInfo().pixelRatio : wx.getSystemInfoSync().pixelRatio, RATIO_MAX)

const loops = new WeakMap<object, CanvasLoop>()

/** For a component with such a canvas: whoever gives the canvas another size says so by `size`, in words of its own. */
export const sizedCanvas = Behavior({
  properties: {
    size: { type: String, value: '' },
  },
  observers: {
    size() {
      loops.get(this)?.refit()
    },
  },
})

/**
 * The frames of one canvas: they begin with `start` and stop by themselves when `draw` has nothing more to draw, so that a
 * still canvas costs nothing. The canvas is measured at every start, because a phone may have been turned.
 */
export class CanvasLoop {
  private node: CanvasNode | null = null
  private frame = 0
  private running = false
  private ended = false
  /** A canvas that was measured for an earlier run is not drawn on. */
  private run = 0

  /**
   * @param draw the next frame on a clear surface, `now` in ms; false: that was the last one
   * @param missing there is no canvas, or it is not shown (less motion is wanted)
   */
  constructor(
    private readonly component: unknown,
    private readonly selector: string,
    private readonly draw: (surface: Surface, now: number) => boolean,
    private readonly missing: () => void,
  ) {
    loops.set(component as object, this)
  }

  start(): void {
    if (this.running || this.ended) return
    this.running = true
    const run = ++this.run
    ;(this.component as Component)
      .createSelectorQuery()
      .select(this.selector)
      .fields({ node: true, size: true }, (found) => run === this.run && this.begin((found ?? {}) as Found))
      .exec()
  }

  /** The canvas has another size: what runs is measured anew. */
  refit(): void {
    if (!this.running) return
    this.node?.cancelAnimationFrame(this.frame)
    this.running = false
    this.start()
  }

  end(): void {
    this.ended = true
    if (this.running) this.node?.cancelAnimationFrame(this.frame)
    this.running = false
  }

  private begin({ node, width = 0, height = 0 }: Found): void {
    if (this.ended) return
    if (!node?.getContext || width <= 0 || height <= 0) {
      this.running = false
      this.missing()
      return
    }
    const ratio = pixelRatio()
    const pen = node.getContext('2d')
    this.node = node
    node.width = Math.round(width * ratio)
    node.height = Math.round(height * ratio)
    pen.setTransform(ratio, 0, 0, ratio, 0, 0)
    const surface = { pen, width, height }
    const step = (now: number): void => {
      if (this.ended) return
      pen.clearRect(0, 0, width, height)
      this.running = this.draw(surface, now)
      if (this.running) this.frame = node.requestAnimationFrame(step)
    }
    this.frame = node.requestAnimationFrame(step)
  }
}
