import { type Frame, isWide } from '../live-stage/layouts/frame'
import { talkOf } from './layout'

/** What is in the way of company on stage: classes in the template of the room. */
const ABOVE = ['.pk-board', '.watermark', '.top']
const BELOW = ['.dock', '.rail']
/** Between them and the nearest picture (px). */
const GAP = 8

interface Rect {
  top: number
  bottom: number
  left: number
  right: number
  width: number
  height: number
}
interface Query {
  select(selector: string): { boundingClientRect(): Query }
  exec(done: (rects: (Rect | null)[]) => void): void
}

/**
 * The frame of a room as it is drawn: its own size, and its header and controls as they stand. `guess` counts where nothing
 * is drawn yet, and for notch and home bar at the sides.
 */
export function measure(
  component: { createSelectorQuery(): unknown },
  guess: Frame,
  use: (frame: Frame) => void,
): void {
  const classes = ['.room', ...ABOVE, ...BELOW]
  const query = classes.reduce(
    (all, name) => all.select(name).boundingClientRect(),
    component.createSelectorQuery() as Query,
  )
  query.exec(([room, ...rects]) => {
    if (!room || room.width === 0 || room.height === 0) return
    const drawn = (list: (Rect | null)[]) => list.filter((rect): rect is Rect => rect !== null && rect.height > 0)
    // On a wide stage the pictures stand beside the badges of the show, below nothing but its name.
    const high = isWide(room) ? ABOVE.length - 1 : ABOVE.length
    const above = drawn(rects.slice(0, high)).map(({ bottom }) => bottom - room.top + GAP)
    const below = drawn(rects.slice(ABOVE.length)).map(({ top }) => room.bottom - top + GAP)
    const most = (list: number[], otherwise: number) => (list.length > 0 ? Math.ceil(Math.max(...list)) : otherwise)
    use({
      width: Math.round(room.width),
      height: Math.round(room.height),
      insets: {
        ...guess.insets,
        top: most(above, guess.insets.top),
        bottom: most(below, guess.insets.bottom),
      },
      talk: talkOf(room),
    })
  })
}
