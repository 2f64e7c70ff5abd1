import { controls, nameOf } from './controls'
import { ancestors, nameOfPlace, scrolls, visiblePart } from './seen'

const LEAST = 44
/** Boxes stand on parts of a pixel. */
const SLACK = 1

/** Whether a finger at this point reaches the control and nothing in front of it. */
function hits(control: Element, x: number, y: number): boolean {
  const found = document.elementFromPoint(x, y)
  return found !== null && control.contains(found)
}

/** How far a finger can go from the middle before it misses, in half pixels, up to what is wanted. */
function reach(control: Element, x: number, y: number, dx: number, dy: number): number {
  let far = 0
  while (far < LEAST && hits(control, x + dx * (far + 0.5), y + dy * (far + 0.5))) far += 0.5
  return far
}

/** A row at the edge of a list is scrolled into it first. */
function bringIntoSight(control: Element): void {
  const list = ancestors(control).some((at) => {
    const style = getComputedStyle(at)
    return scrolls(style, 'overflowY') || scrolls(style, 'overflowX')
  })
  if (list) control.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' })
}

/** Where a finger does not find a control that the eye finds: the area itself is felt for, whatever its look. */
export function targetFaults(): string[] {
  return controls().flatMap((control) => {
    // How far around its handle a finger finds a slider is the platform's business.
    if (control.localName === 'wx-slider') return []
    bringIntoSight(control)
    const part = visiblePart(control, control.getBoundingClientRect())
    if (!part) return []
    const [x, y] = [(part.left + part.right) / 2, (part.top + part.bottom) / 2]
    const place = nameOfPlace(control, nameOf(control))
    if (!hits(control, x, y)) {
      const above = document.elementFromPoint(x, y)
      // A panel that floats has what is under it until it is closed.
      if (above?.closest('[role="dialog"]') && !control.closest('[role="dialog"]')) return []
      return [`target: ${place} is covered by ${above ? nameOfPlace(above) : 'nothing'}`]
    }
    const [right, left] = [reach(control, x, y, 1, 0), reach(control, x, y, -1, 0)]
    const [down, up] = [reach(control, x, y, 0, 1), reach(control, x, y, 0, -1)]
    if (Math.min(right + left, down + up) >= LEAST - SLACK) return []
    const beyond = [document.elementFromPoint(x, y - up - 1), document.elementFromPoint(x, y + down + 1)]
    const between = beyond.map((found) => (found ? nameOfPlace(found) : 'nothing')).join(' and ')
    return [`target: ${place} takes ${right + left} x ${down + up} (${up} up, ${down} down), between ${between}`]
  })
}
