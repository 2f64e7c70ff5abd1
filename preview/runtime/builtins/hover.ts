/** The engine's class segment for passing states (its `StyleSegmentIndex.TEMP_EXTRA`, a const enum). */
const TEMP_EXTRA = 3

/** The part of an engine element that a hover needs. */
export interface ClassTarget {
  setNodeClass(names: string, segment: number): void
}

export interface HoverProps {
  readonly hoverClass: string
  readonly hoverStopPropagation: boolean
  readonly hoverStartTime: number
  readonly hoverStayTime: number
}

const MOVED_PX = 10

/** Presses that an inner element keeps from its ancestors. */
const taken = new WeakSet<Event>()

/** Adds `hover-class` while a finger or the mouse is down, with WeChat's delays. @returns a function that ends it */
export function installHover(
  element: HTMLElement,
  target: ClassTarget,
  props: () => HoverProps,
  defaultClass: string,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let start: PointerEvent | null = null
  const show = (on: boolean, delay: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      target.setNodeClass(on ? props().hoverClass || defaultClass : '', TEMP_EXTRA)
    }, delay)
  }
  const down = (event: PointerEvent) => {
    const { hoverClass, hoverStartTime, hoverStopPropagation } = props()
    const name = hoverClass || defaultClass
    if (!name || name === 'none' || element.hasAttribute('disabled') || taken.has(event)) return
    if (hoverStopPropagation) taken.add(event)
    start = event
    show(true, hoverStartTime)
  }
  const end = () => {
    if (!start) return
    start = null
    show(false, props().hoverStayTime)
  }
  const move = (event: PointerEvent) => {
    if (start && Math.abs(event.clientY - start.clientY) > MOVED_PX) end()
  }
  element.addEventListener('pointerdown', down)
  element.addEventListener('pointermove', move)
  for (const type of ['pointerup', 'pointercancel', 'pointerleave'] as const) element.addEventListener(type, end)
  return () => {
    clearTimeout(timer)
    element.removeEventListener('pointerdown', down)
    element.removeEventListener('pointermove', move)
    for (const type of ['pointerup', 'pointercancel', 'pointerleave'] as const) element.removeEventListener(type, end)
  }
}
