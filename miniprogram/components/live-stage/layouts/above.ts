import { besides } from './beside'
import { areaOf, cells, cut, fitted, insideOf, isWide, type Layout, spread } from './frame'

/** Pictures in a row. */
const COLUMNS = 3
/** Height of the main picture, alone and in company, to its width. */
const ALONE = 0.8958
const MAIN = 0.5625

/** For pictures from a computer: a wide one, and below it rows of three, `row` times as high as the stage is wide. */
export const above =
  (row: number): Layout =>
  (people, frame) => {
    const area = people === 1 ? insideOf(frame) : areaOf(frame)
    if (people === 1) return [isWide(area) ? area : fitted(area, ALONE)]
    if (isWide(area)) return besides(area, people, 0.25)
    const rows = Math.ceil((people - 1) / COLUMNS)
    const whole = spread(area, MAIN + row * rows)
    const [main, rest] = cut(whole, 'top', (whole.height * MAIN) / (MAIN + row * rows))
    return [main, ...cells(rest, COLUMNS, rows).slice(0, people - 1)]
  }
