import { TRACK } from '../barrage-flight/sky'
import { areaOf, type Box, type Frame } from './layouts/frame'

/** Where lines fly, in px from the top of the stage. */
export interface Lane {
  readonly top: number
  readonly height: number
}

/** What the name at the foot of a picture needs, and the room above the pictures (px). */
const NAME = 30
const GAP = 8
/** The most that lines may take of a stage. */
const MOST = 0.27

/** As many tracks as fit over company without touching a name; one at least. `boxes` are those that have a name. */
export function laneOf(boxes: readonly Box[], frame: Frame): Lane {
  const { top: edge } = areaOf(frame)
  const names = Math.min(...boxes.map((box) => box.top + box.height - NAME), edge + frame.height * MOST)
  // Low pictures have no track above their names: it begins above them.
  const top = Math.max(edge - GAP, Math.min(edge, Math.floor(names) - TRACK))
  return { top, height: Math.max(1, Math.floor((names - top) / TRACK)) * TRACK }
}
