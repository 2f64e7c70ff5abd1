import { areaOf, type Box, cells, cut, type Frame, fitted, isWide, type Layout, wholeOf } from './frame'

/** Two upright pictures side by side: height to width, as the mixed picture of a PK has it. */
const BAND = 8 / 9
/** Guests below them, 3:4. */
const GUESTS = 4

/** Where both shows of a PK are, also when one mixed picture shows them. */
export function bandOf(frame: Frame): Box {
  const area = areaOf(frame)
  return isWide(area) ? area : fitted(area, BAND)
}

/** Two shows side by side: the first person at the left, the last one, the rival, at the right, guests below. */
export const pk: Layout = (people, frame) => {
  if (people === 1) return [wholeOf(frame)]
  const area = areaOf(frame)
  const guests = people - 2
  const columns = Math.max(GUESTS, isWide(area) ? guests : Math.ceil(guests / 2))
  const rows = Math.ceil(guests / columns)
  const ratio = BAND + (rows / columns) * (4 / 3)
  const whole = isWide(area) ? area : fitted(area, ratio)
  const [band, rest] = cut(whole, 'top', isWide(area) && rows > 0 ? whole.height * 0.7 : (whole.height * BAND) / ratio)
  const both = rows === 0 ? whole : band
  const [left, right] = cut(both, 'left', both.width / 2)
  return [left, ...(rows > 0 ? cells(rest, columns, rows).slice(0, guests) : []), right]
}
