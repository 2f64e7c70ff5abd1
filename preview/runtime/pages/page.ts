import type { Root } from 'glass-easel-miniprogram-adapter'
import { createNavBar, type NavBar } from '../chrome/nav-bar'
import { createPullToRefresh, type PullToRefresh } from '../chrome/pull-to-refresh'
import type { Engine } from '../engine/engine'
import { journal } from '../journal'
import type { WindowConfig } from '../manifest'
import { box } from '../screen'

/** A page as its script sees it: any function of it may be a handler. */
export type PageCaller = Record<string, unknown> & { route?: string; options?: Record<string, string> }

/** What a page is told about another size of its window, px. */
export interface WindowSize {
  readonly deviceOrientation: 'portrait' | 'landscape'
  readonly size: { readonly windowWidth: number; readonly windowHeight: number }
}

export interface PageSpec {
  readonly route: string
  readonly query: Record<string, string>
  readonly url: string
  readonly config: WindowConfig
  /** What the arrow of the navigation bar does; null on the first page. */
  readonly back: { label: 'back' | 'home'; go(): void } | null
}

/** The engine decodes a query before it sets properties; WeChat does not, so it is encoded once more. */
const rootUrl = ({ route, query }: PageSpec) =>
  `/${route}?${Object.entries(query)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&')}`

/** One entry of the page stack: its component tree, its DOM and its lifecycle. */
export class Page {
  readonly route: string
  readonly caller: PageCaller
  readonly element: HTMLElement
  readonly nav: NavBar
  readonly pull: PullToRefresh
  private readonly root: Root
  private readonly content: HTMLElement
  private readonly frame: HTMLElement
  private readonly scroller: HTMLElement
  private shown = false
  private atBottom = false

  constructor(
    engine: Engine,
    parent: HTMLElement,
    readonly spec: PageSpec,
    restyled: () => void,
  ) {
    const { config, route } = spec
    this.route = route
    this.element = box('page', parent)
    this.element.dataset.nav = config.navigationStyle ?? 'default'
    this.nav = createNavBar(this.element, config, spec.back, restyled)
    const frame = box('page-frame', this.element)
    this.frame = frame
    frame.dataset.route = route
    this.paint(config)
    this.scroller = box('page-scroll', frame)
    if (config.disableScroll) this.scroller.style.overflow = 'hidden'
    this.content = box('wx-page', this.scroller)
    this.pull = createPullToRefresh(frame, this.scroller, config.enablePullDownRefresh === true, () =>
      this.call('onPullDownRefresh'),
    )
    this.root = engine.createRoot(rootUrl(spec))
    this.caller = this.root.get() as unknown as PageCaller
    Object.assign(this.caller, { route, options: spec.query })
    this.scroller.addEventListener('scroll', () => this.scrolled())
  }

  /** Draws the page and begins its life. It is on the stack by now: its scripts may ask for it and act on it. */
  load(): void {
    const holder = this.content.appendChild(document.createElement('span'))
    this.root.attach(this.content as never, holder as never)
    this.call('onLoad', this.spec.query)
  }

  /** Takes on the settings of another theme. */
  setConfig(config: WindowConfig): void {
    this.nav.setConfig(config)
    this.paint(config)
  }

  /** Calls a handler of the page if it has one. What it throws is reported and does not stop the phone. */
  call(name: string, ...args: unknown[]): unknown {
    const handler = this.caller[name]
    if (typeof handler !== 'function') return undefined
    try {
      const result: unknown = handler.apply(this.caller, args)
      if (result instanceof Promise) {
        result.catch((error: unknown) =>
          journal.problem(`${this.route} ${name}: ${String((error as Error)?.stack ?? error)}`),
        )
      }
      return result
    } catch (error) {
      journal.problem(`${this.route} ${name}: ${String((error as Error)?.stack ?? error)}`)
      return undefined
    }
  }

  show(): void {
    this.element.hidden = false
    if (this.shown) return
    this.shown = true
    this.call('onShow')
    this.root.getComponent().triggerPageLifetime('show', [])
  }

  /** The page leaves the foreground; its DOM goes out of sight only when another page covers it. */
  hide(): void {
    if (!this.shown) return
    this.shown = false
    this.call('onHide')
    this.root.getComponent().triggerPageLifetime('hide', [])
  }

  /** The window has another size; components of the page hear of it as well. */
  resize(size: WindowSize): void {
    this.call('onResize', size)
    this.root.getComponent().triggerPageLifetime('resize', [size])
  }

  unload(): void {
    this.shown = false
    this.call('onUnload')
    this.pull.end()
    this.root.release()
  }

  scrollTo(top: number): void {
    this.scroller.scrollTo({ top, behavior: 'smooth' })
  }

  private paint(config: WindowConfig): void {
    // The page as well: where the phone is drawn smaller, it shines through the seam below the navigation bar.
    for (const element of [this.element, this.frame]) element.style.background = config.backgroundColor ?? '#ffffff'
  }

  private scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller
    this.call('onPageScroll', { scrollTop })
    const distance = this.spec.config.onReachBottomDistance ?? 50
    const atBottom = scrollTop + clientHeight >= scrollHeight - distance
    if (atBottom && !this.atBottom) this.call('onReachBottom')
    this.atBottom = atBottom
  }
}
