/** A box on the stage, in whole px. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** What header, controls, notch and home bar take from each side of a stage (px). */
export interface Insets {
  readonly top: number
  readonly right: number
  readonly bottom: number
  readonly left: number
}

/** A stage: its size in px, and what is taken from it. */
export interface Frame {
  readonly width: number
  readonly height: number
  readonly insets: Insets
  /** What people say takes this much more from company (px): from below, and on a wide stage from the left. */
  readonly talk: number
}

export const EMPTY_FRAME: Frame = { width: 0, height: 0, insets: { top: 0, right: 0, bottom: 0, left: 0 }, talk: 0 }

/** Where `people` are drawn, the main person first: one box each. Pure, for any number from 1 on and any frame. */
export type Layout = (people: number, frame: Frame) => Box[]

export const wholeOf = ({ width, height }: Frame): Box => ({ left: 0, top: 0, width, height })

/** What is left of a frame for company; never less than a fifth of it, however much there is in the way. */
export function areaOf(frame: Frame): Box {
  const { insets, talk } = frame
  const side = isWide(frame) ? 'left' : 'bottom'
  return insideOf({ ...frame, insets: { ...insets, [side]: insets[side] + talk } })
}

/** The same, where people's words find room beside the pictures. */
export function insideOf({ width, height, insets }: Frame): Box {
  const [left, right] = squeezed(width, insets.left, insets.right)
  const [top, bottom] = squeezed(height, insets.top, insets.bottom)
  return { left, top, width: width - left - right, height: height - top - bottom }
}

function squeezed(length: number, before: number, after: number): [number, number] {
  const most = length * 0.8
  const scale = before + after > most ? most / (before + after) : 1
  return [Math.floor(before * scale), Math.floor(after * scale)]
}

/** A drawing `ratio` times as high as it is wide, as large as fits, in the middle of the upper edge. */
export function fitted({ left, top, width, height }: Box, ratio: number): Box {
  const wide = Math.max(1, Math.min(width, Math.floor(height / ratio)))
  const high = Math.max(1, Math.min(height, Math.round(wide * ratio)))
  return { left: left + Math.floor((width - wide) / 2), top, width: wide, height: high }
}

/** All of the width, and at most `ratio` times as high. */
export const spread = (box: Box, ratio: number): Box => ({
  ...box,
  height: Math.max(1, Math.min(box.height, Math.round(box.width * ratio))),
})

/** Cuts `length` into `parts` of whole px without a gap (P58): the edges, one more than parts. */
const edges = (length: number, parts: number): number[] =>
  Array.from({ length: parts + 1 }, (_, i) => Math.round((i * length) / parts))

/** Cuts a box in two, `first` px for the one on the left or on top. */
export function cut(box: Box, side: 'left' | 'top', first: number): [Box, Box] {
  const { left, top, width, height } = box
  const px = Math.round(first)
  return side === 'left'
    ? [
        { ...box, width: px },
        { ...box, left: left + px, width: width - px },
      ]
    : [
        { ...box, height: px },
        { ...box, top: top + px, height: height - px },
      ]
}

/** `columns` x `rows` cells over all of a box, row by row. */
export function cells({ left, top, width, height }: Box, columns: number, rows: number): Box[] {
  const xs = edges(width, columns)
  const ys = edges(height, rows)
  const at = (list: number[], i: number) => list[i] ?? 0
  return Array.from({ length: columns * rows }, (_, i) => {
    const [x, y] = [i % columns, Math.floor(i / columns)]
    return {
      left: left + at(xs, x),
      top: top + at(ys, y),
      width: at(xs, x + 1) - at(xs, x),
      height: at(ys, y + 1) - at(ys, y),
    }
  })
}

/** The widest gap between pictures that do not touch (px). */
const GAP = 6

/** What `layout` makes of a box, with a gap between the pictures and at both sides. */
export function loosened(box: Box, layout: (box: Box) => Box[]): Box[] {
  const gap = Math.min(GAP, Math.floor(Math.min(box.width, box.height) / 40))
  const { left, top, width, height } = box
  // Every picture gives its last pixels to the gap, so the box is that much larger.
  const larger = { left: left + gap, top, width: width - gap, height: height + gap }
  return layout(larger).map((each) => ({ ...each, width: each.width - gap, height: each.height - gap }))
}

/** Wider than high: the main person stands beside the others, not above them. */
export const isWide = ({ width, height }: Pick<Box, 'width' | 'height'>): boolean => width > height
