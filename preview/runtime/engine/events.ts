import * as glassEasel from 'glass-easel'
import type { PhoneContext } from './dom-context'

interface Point {
  identifier: number
  pageX: number
  pageY: number
  clientX: number
  clientY: number
  force: number
}

type Positioned = Pick<Touch, 'pageX' | 'pageY' | 'clientX' | 'clientY'> & { identifier?: number }

const point = (t: Positioned): Point => ({
  identifier: t.identifier ?? 0,
  pageX: t.pageX,
  pageY: t.pageY,
  clientX: t.clientX,
  clientY: t.clientY,
  force: 1,
})

function points(original: unknown, list: 'touches' | 'changedTouches'): Point[] {
  if (typeof TouchEvent !== 'undefined' && original instanceof TouchEvent) return Array.from(original[list], point)
  if (!(original instanceof MouseEvent)) return []
  const lifted = list === 'touches' && (original.type === 'mouseup' || original.type === 'click')
  return lifted ? [] : [point(original)]
}

/** The engine element that owns a DOM node, found upwards. */
export function elementAt(node: Node | null): glassEasel.Element | null {
  for (let at = node; at; at = at.parentNode) {
    const owner = (at as { __wxElement?: glassEasel.Element }).__wxElement
    if (owner) return owner
  }
  return null
}

const TOUCH_OF_MOUSE: Record<string, string> = { mousedown: 'touchstart', mousemove: 'touchmove', mouseup: 'touchend' }
const LONG_PRESS_MS = 350
const MOVED_PX = 10

/** A disabled button swallows taps, as it does on a phone. */
const swallowed = (type: string, original: unknown) =>
  type === 'tap' &&
  original instanceof Event &&
  original.target instanceof Element &&
  original.target.closest('wx-button[disabled]') !== null

/** Remembers whether any listener received it: a heard longpress keeps the tap away. */
class PhoneEvent extends glassEasel.Event<unknown> {
  heard = false

  override wrapShadowedEvent(...args: Parameters<glassEasel.Event<unknown>['wrapShadowedEvent']>) {
    this.heard = true
    return super.wrapShadowedEvent(...args)
  }
}

/** Sends an event through the component tree, shaped as in WeChat. */
function dispatch(target: glassEasel.Element, type: string, detail: unknown, original: unknown): PhoneEvent {
  const event = new PhoneEvent(type, detail, {
    bubbles: true,
    composed: true,
    capturePhase: true,
    originalEvent: original,
    extraFields: { touches: points(original, 'touches'), changedTouches: points(original, 'changedTouches') },
  })
  glassEasel.Event.dispatchEvent(target, event)
  return event
}

/** Turns the browser's events into those of WeChat: touches by mouse, tap, longpress. */
export function installEvents(context: PhoneContext): void {
  let longPressed = false
  let origin: { x: number; y: number; target: glassEasel.Element; timer: ReturnType<typeof setTimeout> } | null = null
  const drop = () => {
    if (origin) clearTimeout(origin.timer)
    origin = null
  }
  const press = (x: number, y: number, node: EventTarget | null, original: Event) => {
    const target = elementAt(node as Node | null)
    longPressed = false
    drop()
    if (!target) return
    const timer = setTimeout(() => {
      const event = dispatch(target, 'longpress', { x, y }, original)
      longPressed = event.heard
    }, LONG_PRESS_MS)
    origin = { x, y, target, timer }
  }
  const move = (x: number, y: number) => {
    if (origin && (Math.abs(origin.x - x) > MOVED_PX || Math.abs(origin.y - y) > MOVED_PX)) clearTimeout(origin.timer)
  }

  let touched = false
  const body = document.body
  const capture = { capture: true, passive: true }
  body.addEventListener(
    'touchstart',
    (e) => {
      touched = true
      const first = e.changedTouches[0]
      if (first) press(first.clientX, first.clientY, e.target, e)
    },
    capture,
  )
  body.addEventListener(
    'touchmove',
    (e) => e.changedTouches[0] && move(e.changedTouches[0].clientX, e.changedTouches[0].clientY),
    capture,
  )
  body.addEventListener('touchend', drop, capture)
  body.addEventListener('touchcancel', drop, capture)

  // A mouse stands in for one finger; the pressed element keeps the whole gesture.
  let held: glassEasel.Element | null = null
  for (const type of ['mousedown', 'mousemove', 'mouseup'] as const) {
    body.addEventListener(
      type,
      (e) => {
        if (touched || e.button !== 0) return
        if (type === 'mousedown') {
          press(e.clientX, e.clientY, e.target, e)
          held = elementAt(e.target as Node | null)
        }
        if (type === 'mousemove') move(e.clientX, e.clientY)
        if (type === 'mouseup') drop()
        if (held) dispatch(held, TOUCH_OF_MOUSE[type] ?? type, {}, e)
        if (type === 'mouseup') held = null
      },
      capture,
    )
  }

  // Registered last, so that a tap comes after its touchend.
  context.onEvent((target, type, detail, options) => {
    const original: unknown = options.originalEvent
    if (swallowed(type, original) || (type === 'tap' && longPressed)) return undefined
    const shape = type === 'tap' || type === 'canceltap' ? { x: detail.x, y: detail.y } : detail
    return dispatch(target, type, shape, original).getEventBubbleStatus()
  })
}
