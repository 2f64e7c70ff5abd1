import { cropTo, type Fit, type Size } from './quality'

/** How the picture is changed before it is sent; 0 to 9 each, 0 is off (WeChat's `beauty` and `whiteness`). */
export interface Looks {
  beauty: number
  whiteness: number
  mirror: boolean
  /** A name of WeChat's `filter`. */
  filter: string
  /** 1: the whole picture; 2: its middle half. */
  zoom: number
}

/** What stands for WeChat's filters here: the mood of each, not its colours. */
const FILTERS: Readonly<Record<string, string>> = {
  pink: 'sepia(0.25) hue-rotate(-35deg) saturate(1.3)',
  nostalgia: 'sepia(0.65)',
  blues: 'hue-rotate(15deg) saturate(0.85) brightness(0.97)',
  romantic: 'sepia(0.2) hue-rotate(-50deg) saturate(1.2)',
  cool: 'saturate(0.7) hue-rotate(12deg)',
  fresher: 'saturate(1.15) brightness(1.06)',
  solor: 'contrast(1.15) saturate(1.1)',
  aestheticism: 'contrast(0.92) brightness(1.08)',
  whitening: 'brightness(1.14)',
  cerisered: 'sepia(0.3) hue-rotate(-55deg) saturate(1.6)',
}

/** The same look as a CSS filter, for the local preview. Empty when nothing is to be done. */
export function looksFilter({ beauty, whiteness, filter }: Looks): string {
  const parts: string[] = [FILTERS[filter] ?? ''].filter(Boolean)
  if (whiteness > 0) parts.push(`brightness(${1 + whiteness * 0.025})`, `saturate(${1 - whiteness * 0.01})`)
  if (beauty > 0) parts.push(`blur(${(beauty * 0.12).toFixed(2)}px)`)
  return parts.join(' ')
}

/** The middle of a part, `zoom` times as large when it fills the picture; even, so that chroma planes can be cut. */
function middleOf(crop: Fit['crop'], zoom: number): Fit['crop'] {
  if (zoom <= 1) return crop
  const [width, height] = [crop.width, crop.height].map((side) => 2 * Math.round(side / zoom / 2))
  const inset = (whole: number, part: number) => 2 * Math.round((whole - part) / 4)
  if (!width || !height) return crop
  return { x: crop.x + inset(crop.width, width), y: crop.y + inset(crop.height, height), width, height }
}

/**
 * Brings captured frames to the size that is encoded. Without looks it only cuts the frame and lets the encoder scale,
 * which costs nothing; a canvas is used only when there is something to paint.
 */
export class Painter {
  private canvas: OffscreenCanvas | null = null
  private pen: OffscreenCanvasRenderingContext2D | null = null

  constructor(
    private readonly target: () => Size,
    private readonly looks: () => Looks,
  ) {}

  /** The size that a frame of this source will have; changes with the source and with the target. */
  plan(frame: VideoFrame): Fit {
    const fit = cropTo({ width: frame.displayWidth, height: frame.displayHeight }, this.target())
    return { size: fit.size, crop: middleOf(fit.crop, this.looks().zoom) }
  }

  /** A new frame for the encoder; the caller closes it, and the given one. */
  paint(frame: VideoFrame, { crop, size }: Fit, timestamp: number): VideoFrame {
    const looks = this.looks()
    const filter = looksFilter(looks)
    const turned = frame.codedWidth !== frame.displayWidth || frame.codedHeight !== frame.displayHeight
    if (!filter && !looks.mirror && !turned) return new VideoFrame(frame, { timestamp, visibleRect: crop })
    const pen = this.sized(size)
    pen.filter = filter || 'none'
    pen.setTransform(looks.mirror ? -1 : 1, 0, 0, 1, looks.mirror ? size.width : 0, 0)
    pen.drawImage(frame, crop.x, crop.y, crop.width, crop.height, 0, 0, size.width, size.height)
    return new VideoFrame(pen.canvas, { timestamp, alpha: 'discard' })
  }

  /** A black frame, for a camera that is off; other players would wait for ever for a missing track. */
  black(size: Size, timestamp: number): VideoFrame {
    const pen = this.sized(size)
    pen.filter = 'none'
    pen.setTransform(1, 0, 0, 1, 0, 0)
    pen.fillStyle = '#000'
    pen.fillRect(0, 0, size.width, size.height)
    return new VideoFrame(pen.canvas, { timestamp, alpha: 'discard' })
  }

  private sized(size: Size): OffscreenCanvasRenderingContext2D {
    if (!this.canvas || !this.pen || this.canvas.width !== size.width || this.canvas.height !== size.height) {
      this.canvas = new OffscreenCanvas(size.width, size.height)
      this.pen = this.canvas.getContext('2d', { alpha: false })
      if (!this.pen) throw new Error('no 2d canvas')
    }
    return this.pen
  }
}
