import { ancestors, type Box, isSeen, modalOf, nameOfPlace, opacityOf, screenOf, scrolls, visiblePart } from './seen'

/** A run of words, or an icon, as it stands on the screen. */
export interface Ink {
  place: string
  /** What can be seen of it, line by line. */
  boxes: Box[]
  /** Red, green, blue of 255, and how much of it there is, of 1. */
  colour: [number, number, number, number]
  /** The least contrast that it needs. */
  needs: number
}

const LARGE_PX = 24
const LARGE_BOLD_PX = 18.66

function needOf({ fontSize, fontWeight }: CSSStyleDeclaration): number {
  const size = Number.parseFloat(fontSize)
  return size >= LARGE_PX || (size >= LARGE_BOLD_PX && Number(fontWeight) >= 700) ? 3 : 4.5
}

function colourOf(value: string, opacity: number): Ink['colour'] {
  const [r = 0, g = 0, b = 0, a = 1] = (value.match(/[\d.]+/g) ?? []).map(Number)
  return [r, g, b, a * opacity]
}

export interface Words {
  text: string
  element: Element
  boxes: Box[]
}

/** Every text that can be seen, each with the element that it belongs to. */
export function wordsOn(root: Element): Words[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
  const found: Words[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement
    const text = node.textContent?.trim() ?? ''
    if (!element || !/[\p{L}\p{N}]/u.test(text) || !isSeen(element)) continue
    const range = document.createRange()
    range.selectNodeContents(node)
    found.push({ text, element, boxes: [...range.getClientRects()] })
  }
  for (const hint of root.querySelectorAll<HTMLElement>('.wx-placeholder')) {
    const field = hint.parentElement?.querySelector<HTMLInputElement>('input, textarea')
    const text = hint.dataset.text ?? ''
    if (text && field?.value === '' && isSeen(hint))
      found.push({ text, element: hint, boxes: [...hint.getClientRects()] })
  }
  return found
}

/** Of a line that is being scrolled out of a list, or fades out at its edge, nothing is asked. */
function wellSeen(element: Element, box: Box): Box[] {
  const part = visiblePart(element, box)
  if (!part || part.bottom - part.top < (box.bottom - box.top) * 0.9) return []
  const fades = ancestors(element).some((at) => {
    const fade = Number(/ (\d+)px\)$/.exec(getComputedStyle(at).maskImage)?.[1] ?? 0)
    return fade > 0 && part.top < at.getBoundingClientRect().top + fade
  })
  return fades ? [] : [part]
}

const isOff = (element: Element): boolean => element.closest('[aria-disabled="true"]') !== null

/** All words and icons of what asks to be answered first; what is switched off may be faint. */
export function inks(): Ink[] {
  const screen = screenOf()
  const root = modalOf(screen) ?? screen
  const ink = (element: Element, boxes: Box[], colour: string, needs: number, words = ''): Ink[] => {
    const parts = boxes.flatMap((box) => wellSeen(element, box))
    if (parts.length === 0 || isOff(element)) return []
    return [{ place: nameOfPlace(element, words), boxes: parts, colour: colourOf(colour, opacityOf(element)), needs }]
  }
  const icons = [...root.querySelectorAll('live-icon > wx-view')].filter(isSeen)
  return [
    ...wordsOn(root).flatMap(({ element, boxes, text }) => {
      const style = getComputedStyle(element)
      return ink(element, boxes, style.color, needOf(style), text)
    }),
    ...icons.flatMap((icon) =>
      ink(icon, [icon.getBoundingClientRect()], getComputedStyle(icon).backgroundColor, 3, 'an icon'),
    ),
  ]
}

/** Whether what does not fit ends in an ellipsis. */
const endsWell = (style: CSSStyleDeclaration): boolean =>
  style.textOverflow === 'ellipsis' || Number(style.webkitLineClamp) > 0

/** A hint that is longer than its field. */
const cutHints = (): string[] =>
  [...screenOf().querySelectorAll('.wx-placeholder')]
    .filter((hint) => isSeen(hint) && hint.scrollWidth > hint.clientWidth + 1)
    .filter((hint) => !endsWell(getComputedStyle(hint)))
    .map((hint) => `cut: ${nameOfPlace(hint)}`)

/** Words that are cut off, and words or boxes that no finger can bring onto the screen. */
export function layoutFaults(): string[] {
  const words = wordsOn(screenOf()).flatMap(({ text, element, boxes }) => {
    const place = nameOfPlace(element, text)
    const ink = boxes.filter((box) => box.right - box.left > 1)
    const around = ancestors(element)
    for (const at of around) {
      const style = getComputedStyle(at)
      const box = at.getBoundingClientRect()
      const [x, y] = [scrolls(style, 'overflowX'), scrolls(style, 'overflowY')]
      const wide = style.overflowX !== 'visible' && ink.some((b) => b.left < box.left - 1 || b.right > box.right + 1)
      const high = style.overflowY !== 'visible' && ink.some((b) => b.top < box.top - 4 || b.bottom > box.bottom + 4)
      if (x && wide) return []
      if (y && high) return []
      if ((wide || high) && !around.some((one) => endsWell(getComputedStyle(one)))) {
        return [`cut: ${place} in ${nameOfPlace(at)}`]
      }
      if (wide || high) return []
    }
    const out = ink.some((b) => b.left < -1 || b.right > innerWidth + 1 || b.top < -1 || b.bottom > innerHeight + 1)
    return out ? [`outside: ${place}`] : []
  })
  return [...words, ...cutHints()]
}
