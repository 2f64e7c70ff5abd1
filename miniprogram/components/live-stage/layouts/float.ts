import { areaOf, type Box, type Frame, insideOf, isWide, type Layout, wholeOf } from './frame'

/** Width of a small picture (3:4), its distance from the lower edge and from its neighbour, of the shorter side. */
const TILE = 0.3065
const FOOT = 0.2
const GAP = 0.02
/** The widest gap (px). */
const GAP_MAX = 8
/** Narrower than this (of the shorter side) no picture gets for the sake of one column. */
const LEAST = 0.2

/** Small pictures of one size at the right, from the bottom up: one column beside what people say, or several above it. */
function column(others: number, frame: Frame): Box[] {
  const short = Math.min(frame.width, frame.height)
  const one = isWide(frame) ? [] : columns(others, frame, insideOf(frame), 1)
  return (one[0]?.width ?? 0) >= short * LEAST ? one : columns(others, frame, areaOf(frame), others)
}

/** As many columns, up to `most`, as make the pictures largest. */
function columns(others: number, frame: Frame, area: Box, most: number): Box[] {
  const short = Math.min(frame.width, frame.height)
  const gap = Math.min(GAP_MAX, Math.round(short * GAP))
  const right = area.left + area.width - gap
  const bottom = Math.min(area.top + area.height, frame.height - Math.round(short * FOOT))
  const high = bottom - area.top
  let [best, rows] = [0, 1]
  for (let count = 1; count <= most; count++) {
    const down = Math.ceil(others / count)
    const byHeight = ((high - (down - 1) * gap) / down) * 0.75
    const byWidth = (area.width * 0.7) / count - gap
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
