import type { Kit } from '../../stores/kit'
import type { Frame } from '../live-stage/layouts/frame'

type Screen = ReturnType<Kit['device']['layout']>

/** Under the header stand the badges of the show; above the lower edge, what one writes in (px). */
const FACTS = 34
const DOCK = 72
/** Between the header and the nearest picture of a wide stage, whose badges stand beside it (px). */
const GAP = 8

/** What a header needs to stand beside the platform's capsule (px). */
export function headerOf({ menu, windowWidth, safeArea }: Screen): { top: number; height: number; clear: number } {
  const height = Math.max(menu.height, 44)
  const top = Math.max(menu.top - Math.round((height - menu.height) / 2), safeArea.top, 4)
  return { top, height, clear: Math.max(windowWidth - menu.left, 0) }
}

/** The stage of a room that has the whole window: what is in the way of company is guessed until it is measured. */
export function frameOf(screen: Screen): Frame {
  const { windowWidth: width, windowHeight: height, safeArea } = screen
  const { top, height: row } = headerOf(screen)
  return {
    width,
    height,
    insets: {
      top: top + row + (width > height ? GAP : FACTS),
      right: Math.max(width - safeArea.right, 0),
      bottom: DOCK + Math.max(height - safeArea.bottom, 0),
      left: Math.max(safeArea.left, 0),
    },
    talk: talkOf({ width, height }),
  }
}

/** The last lines of what is said, in company: below the pictures, or in a column at the left. The styles say the same. */
export function talkOf({ width, height }: { width: number; height: number }): number {
  if (width > height) return Math.round(Math.min(Math.max(width * 0.34 + 12, 248), 360))
  return height <= 620 ? 84 : height <= 900 ? 124 : 184
}
