import { areaOf, type Box, insideOf, isWide, type Layout } from './frame'

/** Of the width of the stage: margin, gap. A cell is 3:4. */
const MARGIN = 0.035
const GAP = 0.01

/** Cells of one size, two in a row (as many as fit where the stage is wide), apart from each other and from the edges. */
export const pairs: Layout = (people, frame) => {
  const area = people === 1 ? insideOf(frame) : areaOf(frame)
  const columns = isWide(area) ? Math.max(2, Math.ceil(people / 2)) : 2
  const rows = Math.ceil(people / columns)
  const margin = Math.round(area.width * MARGIN)
  const gap = Math.round(area.width * GAP)
  const byWidth = (area.width - 2 * margin - (columns - 1) * gap) / columns
  const byHeight = ((area.height - (rows - 1) * gap) / rows) * 0.75
  const width = Math.max(1, Math.floor(Math.min(byWidth, byHeight)))
  const height = Math.max(1, Math.min(Math.floor((width * 4) / 3), Math.floor((area.height - (rows - 1) * gap) / rows)))
  return Array.from({ length: people }, (_, i): Box => {
    const row = Math.floor(i / columns)
    const inRow = Math.min(columns, people - row * columns)
    const start = area.left + Math.floor((area.width - inRow * width - (inRow - 1) * gap) / 2)
    return { left: start + (i % columns) * (width + gap), top: area.top + row * (height + gap), width, height }
  })
}
