import { areaOf, type Box, cells, cut, isWide, type Layout, loosened, wholeOf } from './frame'

/** The most that a line of small pictures takes of a stage, in its direction. */
const MOST = 0.3
/** A small picture is at most so much higher than wide, and so much wider than high. */
const HIGH = 4 / 3
const FLAT = 1.6
/** Narrower than this (px) they stand in two lines. */
const LEAST = 60

/** The others beside one large picture: a row below it, or a column at its right. */
function strip(box: Box, others: number): Box[] {
  const wide = isWide(box)
  const [length, across] = wide ? [box.height, box.width] : [box.width, box.height]
  const lines = others > 1 && length / others < LEAST ? 2 : 1
  const most = Math.ceil(others / lines)
  const along = length / most
  const deep = Math.max(1, Math.min((across * MOST) / lines, along * (wide ? FLAT : HIGH)))
  const side = wide ? 'left' : 'top'
  const line = (part: Box, count: number) => (wide ? cells(part, 1, count) : cells(part, count, 1))
  const [main, rest] = cut(box, side, across - deep * lines)
  if (lines === 1) return [main, ...line(rest, others)]
  const [first, second] = cut(rest, side, deep)
  return [main, ...line(first, others - most), ...line(second, most)]
}

/** Who talks is large, the others stand in a strip. */
export const speaker: Layout = (people, frame) =>
  people === 1 ? [wholeOf(frame)] : loosened(areaOf(frame), (box) => strip(box, people - 1))
