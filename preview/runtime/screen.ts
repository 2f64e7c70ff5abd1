/** The fixed parts of a phone's screen. */
export interface Screen {
  readonly root: HTMLElement
  /** Holds one `.page` per entry of the page stack. */
  readonly pages: HTMLElement
  /** Holds toasts, dialogs and sheets above the pages. */
  readonly overlay: HTMLElement
  /** Height of the status bar, CSS px. */
  readonly statusBarHeight: number
  /** Height of the home indicator at the bottom, 0 when there is none. */
  readonly bottomInset: number
  /** The window has another size: a phone that lies on its side has neither notch nor home indicator at the top and bottom. */
  fit(): void
}

/** Height of WeChat's navigation bar without the status bar. */
export const NAV_HEIGHT = 44

/** Size of the menu capsule and its distance from the right edge. */
export const CAPSULE = { width: 87, height: 32, right: 7 }

/** A tall screen has a notch and a home indicator, a small one neither. */
const TALL = 780

let current: Screen | null = null

export function box(className: string, parent?: HTMLElement): HTMLElement {
  const element = document.createElement('div')
  element.className = className
  parent?.append(element)
  return element
}

/** Draws the empty phone into `host`. */
export function createScreen(host: HTMLElement): Screen {
  const root = box('phone', host)
  const pages = box('pages', root)
  const overlay = box('overlay', root)
  const indicator = box('home-indicator', root)
  let tall = false
  const screen: Screen = {
    root,
    pages,
    overlay,
    get statusBarHeight() {
      return tall ? 44 : 20
    },
    get bottomInset() {
      return tall ? 34 : 0
    },
    fit() {
      tall = window.innerHeight >= TALL
      root.style.setProperty('--status-bar', `${screen.statusBarHeight}px`)
      root.style.setProperty('--safe-area-top', `${screen.statusBarHeight}px`)
      root.style.setProperty('--safe-area-bottom', `${screen.bottomInset}px`)
      indicator.hidden = !tall
    },
  }
  screen.fit()
  current = screen
  return screen
}

/** The screen of this phone; throws before the phone has one. */
export function screenOf(): Screen {
  if (!current) throw new Error('the phone has no screen yet')
  return current
}
