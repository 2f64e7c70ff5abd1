/** Runs in the page: what of a phone's screen can be seen, and what its parts are called. */

/** The page on top of the stack. */
export function screenOf(): Element {
  const pages = [...document.querySelectorAll('.page')].filter((page) => page.getClientRects().length > 0)
  const top = pages[pages.length - 1]
  if (!top) throw new Error('no page is shown')
  return top
}

/** What asks to be answered first: a screen reader hears nothing else. */
export function modalOf(screen: Element): Element | undefined {
  const open = [...screen.querySelectorAll('[aria-modal="true"]')].filter((panel) => panel.getClientRects().length > 0)
  return open[open.length - 1]
}

export const ancestors = (element: Element): Element[] => {
  const all: Element[] = []
  for (let at: Element | null = element; at; at = at.parentElement) all.push(at)
  return all
}

/** Opacity of an element with all that it stands in. */
export const opacityOf = (element: Element): number =>
  ancestors(element).reduce((product, at) => product * Number(getComputedStyle(at).opacity), 1)

export const isHidden = (element: Element): boolean => element.closest('[aria-hidden="true"]') !== null

export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

const cut = (a: Box, b: Box): Box => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
})

const clips = (style: CSSStyleDeclaration, axis: 'overflowX' | 'overflowY'): boolean => style[axis] !== 'visible'
export const scrolls = (style: CSSStyleDeclaration, axis: 'overflowX' | 'overflowY'): boolean =>
  style[axis] === 'auto' || style[axis] === 'scroll'

/** The part of a box that nothing around `element` cuts off; undefined when nothing is left. */
export function visiblePart(element: Element, box: Box): Box | undefined {
  let left: Box = cut(box, { left: 0, top: 0, right: innerWidth, bottom: innerHeight })
  for (const at of ancestors(element)) {
    const style = getComputedStyle(at)
    if (!clips(style, 'overflowX') && !clips(style, 'overflowY')) continue
    left = cut(left, at.getBoundingClientRect())
  }
  return left.right - left.left > 1 && left.bottom - left.top > 1 ? left : undefined
}

export function isSeen(element: Element): boolean {
  const style = getComputedStyle(element)
  if (style.visibility !== 'visible' || opacityOf(element) < 0.05) return false
  return [...element.getClientRects()].some((box) => visiblePart(element, box) !== undefined)
}

/** `link-sheet .btn "Ask to join"`: where to look for what is wrong. */
export function nameOfPlace(element: Element, words = ''): string {
  const owner = ancestors(element).find((at) => at.hasAttribute('wx-host'))?.localName ?? 'page'
  const shown = ancestors(element).find((at) => at.className.toString().includes('--') || at.className)
  const style = (shown?.className.toString().split(' ')[0] ?? '').replace(/^[a-z]\d+--/, '')
  return `${owner} .${style}${words ? ` "${words.slice(0, 40)}"` : ''}`
}
