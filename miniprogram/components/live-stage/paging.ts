import { areaOf, type Frame, isWide } from './layouts/frame'

/** What turns the pages is so high, and the distance from the pictures above it (px). */
const HEIGHT = 44
const GAP = 4

/** What pages leave of a stage: their control stands between the pictures and what people say. */
export function pagedFrame(frame: Frame): Frame {
  const { insets, talk } = frame
  const [below, beside] = isWide(frame) ? [0, talk] : [talk, 0]
  const bottom = insets.bottom + below + HEIGHT + GAP
  return { ...frame, insets: { ...insets, bottom, left: insets.left + beside }, talk: 0 }
}

/** Where the control of a stage with pages stands, as a style. */
export function pagerStyle(paged: Frame): string {
  const { left, top, width, height } = areaOf(paged)
  return `left:${left}px;top:${top + height + GAP}px;width:${width}px`
}
