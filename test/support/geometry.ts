import type { TestPhone } from './phone'

/** Sides of what is drawn, px. */
interface Rect {
  left: number
  top: number
  right: number
  bottom: number
}

/** What is wrong with a room as it is drawn, in words; empty lists where nothing is. */
export interface Faults {
  /** Pictures that lie over each other. */
  overlaps: string[]
  /** Controls that lie outside of the screen or under something else. */
  lost: string[]
  /** Names of people that something is written or flies over. */
  covered: string[]
}

/** Runs in the page. `over`: small pictures may lie over the large one. */
function look(over: boolean): Faults {
  const slack = 1
  const named = (name: string) =>
    [...document.querySelectorAll<HTMLElement>('wx-view, wx-text, wx-canvas')].filter(
      (node) =>
        [...node.classList].some((each) => each === name || each.endsWith(`--${name}`)) && node.offsetParent !== null,
    )
  const rectOf = (node: Element): Rect => node.getBoundingClientRect()
  const both = (a: Rect, b: Rect): Rect => ({
    left: Math.max(a.left, b.left),
    top: Math.max(a.top, b.top),
    right: Math.min(a.right, b.right),
    bottom: Math.min(a.bottom, b.bottom),
  })
  const meet = (a: Rect, b: Rect) => {
    const { left, top, right, bottom } = both(a, b)
    return right - left > slack && bottom - top > slack
  }
  const sides = ({ left, top, right, bottom }: Rect) => [left, top, right, bottom].map(Math.round).join(' ')
  const said = (node: Element) => `${node.getAttribute('aria-label') ?? node.textContent}: ${sides(rectOf(node))}`

  const boxes = named('box').filter((node) => node.hasAttribute('aria-label'))
  const small = over ? boxes.slice(1) : boxes
  const overlaps = small.flatMap((a, i) =>
    small.slice(i + 1).flatMap((b) => (meet(rectOf(a), rectOf(b)) ? [`${said(a)} / ${said(b)}`] : [])),
  )

  const lines = named('line')
  const controls = [...document.querySelectorAll<HTMLElement>('[role=button], [role=switch]')].filter(
    (node) => node.offsetParent !== null && !boxes.includes(node) && !lines.includes(node),
  )
  const lost = controls.flatMap((node) => {
    const { left, top, right, bottom } = rectOf(node)
    const inside = left >= -slack && top >= -slack && right <= innerWidth + slack && bottom <= innerHeight + slack
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
    return inside && hit && (node.contains(hit) || hit.contains(node)) ? [] : [`${said(node)} under ${hit?.className}`]
  })

  const scroll = named('frame').find((frame) => lines.some((line) => frame.contains(line)))
  const words = scroll ? lines.map((line) => both(rectOf(line), rectOf(scroll))) : []
  const flight = document.querySelector('[class~=flight], [class$=--flight]')
  const covers = [...words, ...(flight ? [rectOf(flight)] : [])]
  const covered = boxes
    .flatMap((box) => named('name').filter((name) => box.contains(name)))
    .flatMap((name) =>
      covers.filter((each) => meet(each, rectOf(name))).map((each) => `${said(name)} / ${sides(each)}`),
    )
  return { overlaps, lost, covered }
}

/** What is wrong on the screen of this phone. */
export const faultsOf = (phone: TestPhone, over: boolean): Promise<Faults> =>
  phone.page.evaluate(`(${look.toString()})(${over})`) as Promise<Faults>
