import type { Kit } from '../../stores/kit'
import { warnOnce } from './reading'

/** A box on the stage, in percent of it. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

export interface Size {
  width: number
  height: number
}

/** Where the people of a room are drawn: pure, for 1 to N of them, main person first. `stage` is its size in px. */
export type Layout = (seats: number, stage: Size) => Box[]

const WHOLE: Box = { left: 0, top: 0, width: 100, height: 100 }

/** One person fills the stage; the others stand in a column on the right, from the bottom up, each 3:4. */
const float: Layout = (seats, { width, height }) => {
  const others = Math.max(0, seats - 1)
  const gap = 8
  const foot = Math.min(width, height) * 0.2
  const room = (height - foot - gap * others) / Math.max(others, 1)
  const h = Math.min((width * 0.3 * 4) / 3, height * 0.3, room)
  const w = (h * 3) / 4
  const column = Array.from({ length: others }, (_, i) => ({
    left: ((width - w - gap) / width) * 100,
    top: ((height - foot - (i + 1) * (h + gap)) / height) * 100,
    width: (w / width) * 100,
    height: (h / height) * 100,
  }))
  return [WHOLE, ...column].slice(0, Math.max(seats, 1))
}

const LAYOUTS: Readonly<Record<string, Layout>> = { float }

/** The layout called `name`. An unknown name gives `float`, with one warning for each name. */
export function layoutOf(name: string): Layout {
  const layout = LAYOUTS[name]
  if (layout) return layout
  warnOnce(`unknown template "${name}", drawing "float"`)
  return float
}

export const styleOf = (box: Box): string =>
  `left: ${box.left}%; top: ${box.top}%; width: ${box.width}%; height: ${box.height}%`

/** What a header needs to stand beside the platform's capsule (px). */
export function headerOf(screen: ReturnType<Kit['device']['layout']>): { top: number; height: number; clear: number } {
  const { menu, windowWidth, safeArea } = screen
  const height = Math.max(menu.height, 44)
  const top = Math.max(menu.top - Math.round((height - menu.height) / 2), safeArea.top, 4)
  return { top, height, clear: Math.max(windowWidth - menu.left, 0) }
}
