import { box } from '../screen'

export interface PullToRefresh {
  /** Opens the refresh area as if the user had pulled it, and calls the page. */
  start(): void
  stop(): void
  end(): void
}

const TRIGGER_PX = 60
const OPEN_PX = 52
const MAX_PX = 120

/** Lets a finger or the mouse pull the page down from its top; past a threshold the page is asked to refresh. */
export function createPullToRefresh(
  frame: HTMLElement,
  scroller: HTMLElement,
  enabled: boolean,
  refresh: () => void,
): PullToRefresh {
  const hint = box('pull-hint')
  hint.setAttribute('aria-hidden', 'true')
  for (let i = 0; i < 3; i += 1) box('pull-dot', hint)
  frame.prepend(hint)
  let from: number | null = null
  let pulled = 0
  let open = false

  const move = (px: number, animate: boolean) => {
    pulled = px
    scroller.style.transition = animate ? 'transform .25s ease' : 'none'
    scroller.style.transform = px > 0 ? `translateY(${px}px)` : ''
    hint.style.opacity = String(Math.min(1, px / OPEN_PX))
    frame.toggleAttribute('data-pulling', px > 0)
  }
  const start = () => {
    if (open) return
    open = true
    frame.toggleAttribute('data-refreshing', true)
    move(OPEN_PX, true)
    refresh()
  }
  const stop = () => {
    open = false
    frame.toggleAttribute('data-refreshing', false)
    move(0, true)
  }

  const listeners = new AbortController()
  const { signal } = listeners
  const ignored = (target: EventTarget | null) =>
    target instanceof Element && target.closest('input, textarea, wx-slider, wx-scroll-view, wx-canvas') !== null
  const down = (y: number, target: EventTarget | null) => {
    if (enabled && !open && scroller.scrollTop <= 0 && !ignored(target)) from = y
  }
  const drag = (y: number, event: Event) => {
    if (from === null) return
    const distance = y - from
    if (distance <= 0) return move(0, false)
    if (event.cancelable) event.preventDefault()
    move(Math.min(MAX_PX, distance * 0.6), false)
  }
  const up = () => {
    if (from === null) return
    from = null
    if (pulled >= TRIGGER_PX) start()
    else move(0, true)
  }
  frame.addEventListener('touchstart', (e) => down(e.touches[0]?.clientY ?? 0, e.target), { signal, passive: true })
  frame.addEventListener('touchmove', (e) => drag(e.touches[0]?.clientY ?? 0, e), { signal, passive: false })
  frame.addEventListener('touchend', up, { signal })
  frame.addEventListener('touchcancel', up, { signal })
  frame.addEventListener('mousedown', (e) => down(e.clientY, e.target), { signal })
  window.addEventListener('mousemove', (e) => drag(e.clientY, e), { signal })
  window.addEventListener('mouseup', up, { signal })

  return { start, stop, end: () => listeners.abort() }
}
