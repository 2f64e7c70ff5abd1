import { areaOf, type Box, type Frame, type Layout, wholeOf } from './frame'

/** Width of a small picture (3:4), its distance from the lower edge and from its neighbour, of the shorter side. */
const TILE = 0.3065
const FOOT = 0.2
const GAP = 0.02
/** The widest gap (px). */
const GAP_MAX = 8

/** Small pictures of one size in columns at the right, from the bottom up; as many columns as make them largest. */
function column(others: number, frame: Frame): Box[] {
  const short = Math.min(frame.width, frame.height)
  const gap = Math.min(GAP_MAX, Math.round(short * GAP))
  const area = areaOf(frame)
  const right = area.left + area.width - gap
  const bottom = Math.min(area.top + area.height, frame.height - Math.round(short * FOOT))
  const high = bottom - area.top
  let [best, rows] = [0, 1]
  for (let columns = 1; columns <= others; columns++) {
    const down = Math.ceil(others / columns)
    const byHeight = ((high - (down - 1) * gap) / down) * 0.75
    const byWidth = (area.width * 0.7) / columns - gap
    const width = Math.floor(Math.min(short * TILE, byHeight, byWidth))
    if (width > best) [best, rows] = [width, down]
  }
  const width = Math.max(best, 1)
  const height = Math.max(Math.floor((width * 4) / 3), 1)
  return Array.from({ length: others }, (_, i) => ({
    left: right - width - Math.floor(i / rows) * (width + gap),
    top: bottom - height - (i % rows) * (height + gap),
    width,
    height,
  }))
}

/** One person fills the stage, the others have small pictures over him. */
export const float: Layout = (people, frame) => [wholeOf(frame), ...column(people - 1, frame)]
