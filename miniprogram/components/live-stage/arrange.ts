import type { Slot } from '../../stores/room/stage/types'
import { type Spot, smallAt } from './layouts/corner'
import type { Box, Frame } from './layouts/frame'
import type { Template } from './layouts/index'
import { bandOf, pk } from './layouts/pk'

/** Who is to be drawn, and how. */
export interface Scene {
  /** The main person first, the rival of a PK last. */
  readonly slots: readonly Slot[]
  /** One picture shows everybody. */
  readonly mixed: boolean
  readonly template: Template
  readonly frame: Frame
  /** Who changes places with the main person. */
  readonly front: Slot | null
  /** Where the small picture of two is, in a template that lets a finger move it. */
  readonly spot: Spot
}

/** A box for every slot. A PK is drawn as one whatever the template is called. */
export function arrange({ slots, mixed, template, frame, front, spot }: Scene): ReadonlyMap<Slot, Box> {
  const [main] = slots
  if (main === undefined) return new Map()
  const rivals = slots.includes('rival')
  if (mixed) {
    const whole = { left: 0, top: 0, width: frame.width, height: frame.height }
    return new Map([[main, rivals ? bandOf(frame) : whole]])
  }
  const boxes = (rivals ? pk : template.layout)(slots.length, frame)
  if (template.drags && !rivals) boxes.splice(1, 1, smallAt(frame, spot))
  const order = front && !rivals ? swapped(slots, front) : slots
  return new Map(order.flatMap((slot, i) => (boxes[i] ? [[slot, boxes[i]] as const] : [])))
}

/** `front` and the main person change places; everybody else stays. */
function swapped(slots: readonly Slot[], front: Slot): readonly Slot[] {
  const [main] = slots
  if (main === undefined || !slots.includes(front)) return slots
  return slots.map((slot) => (slot === main ? front : slot === front ? main : slot))
}

export const styleOf = ({ left, top, width, height }: Box): string =>
  `left:${left}px;top:${top}px;width:${width}px;height:${height}px`
