/** Sizes of the page at scale 1, CSS pixels; shell.css draws them. */
const PHONE = { width: 397, height: 834 }
const TOOLS_HEIGHT = 46
const HEADER_AND_FOOTER = 120
const SIDES = 48
const GAP = 44
const PANEL_WIDTH = 296

/** Below this a phone is hard to read: rather scroll. */
const SMALLEST = 0.6

/**
 * How large to draw phones, at most 1: whole in a low or narrow window, and with their open panels all in one row where
 * that leaves them readable.
 */
export function fitScale(width: number, height: number, phones: number, panels: number): number {
  const row = (width - SIDES - GAP * (phones - 1) - PANEL_WIDTH * panels) / (PHONE.width * phones)
  const alone = (width - SIDES) / PHONE.width
  const high = (height - HEADER_AND_FOOTER - TOOLS_HEIGHT) / PHONE.height
  const scale = Math.max(SMALLEST, Math.min(1, high, row >= SMALLEST ? row : alone))
  // Rounded down: a hair too much would break the row.
  return Math.floor(scale * 1000) / 1000
}
