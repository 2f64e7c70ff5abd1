import { areaOf, type Box, insideOf, isWide, type Layout, wholeOf } from './frame'

/** Of the width of the stage: margin, gap. A cell is 3:4. */
const MARGIN = 0.035
const GAP = 0.01

/** Cells of one size in so many columns, each row in the middle, from the upper edge down. */
function table(area: Box, people: number, columns: number): Box[] {
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

/** Two in a row; where the stage is wide, as many as make the cells largest. */
function tableOf(area: Box, people: number): Box[] {
  if (!isWide(area)) return table(area, people, 2)
  const tables = Array.from({ length: Math.max(1, people - 1) }, (_, i) => table(area, people, i + 2))
  const widthOf = ([first]: Box[]) => first?.width ?? 0
  return tables.reduce((best, each) => (widthOf(each) > widthOf(best) ? each : best))
}

/** Cells of one size, two in a row (as many as fit where the stage is wide), apart from each other and from the edges. */
export const pairs: Layout = (people, frame) => tableOf(people === 1 ? insideOf(frame) : areaOf(frame), people)

/** For calls: the same in the middle of what is free; who is alone has all of the stage. */
export const middlePairs: Layout = (people, frame) => {
  if (people === 1) return [wholeOf(frame)]
  const area = areaOf(frame)
  const boxes = tableOf(area, people)
  const bottom = Math.max(...boxes.map(({ top, height }) => top + height))
  const down = Math.floor((area.top + area.height - bottom) / 2)
  return boxes.map((box) => ({ ...box, top: box.top + down }))
}
