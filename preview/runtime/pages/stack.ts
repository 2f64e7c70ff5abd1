import type { Engine } from '../engine/engine'
import { floating } from '../floating'
import { journal } from '../journal'
import type { AppManifest, WindowConfig } from '../manifest'
import type { Screen } from '../screen'
import type { PhoneTheme } from '../theme'
import { WxError } from '../wx/error'
import { Page, type PageCaller } from './page'
import { slide } from './transition'

const MAX_DEPTH = 10

export interface Location {
  readonly route: string
  readonly query: Record<string, string>
}

/** `/pages/room/room?id=7` or a path relative to the page that navigates. Values of the query arrive undecoded, as in WeChat. */
export function parseUrl(url: string, from: string): Location {
  const [path = '', search = ''] = url.split('?', 2)
  const base = new URL(from, 'https://app/')
  const route = new URL(path, base).pathname.slice(1)
  const query: Record<string, string> = {}
  for (const pair of search.split('&').filter(Boolean)) {
    const [key = '', value = ''] = pair.split(/=(.*)/s)
    query[key] = value
  }
  return { route, query }
}

/** The pages that are open, the visible one last; WeChat's rules of navigation. */
export class PageStack {
  private readonly pages: Page[] = []
  /** Closed, and still there, because a player of it goes on in the small window. */
  private parked: Page | null = null
  private readonly configs: ReadonlyMap<string, WindowConfig>

  constructor(
    private readonly manifest: AppManifest,
    private readonly engine: () => Engine,
    private readonly screen: Screen,
    private readonly theme: PhoneTheme,
    private readonly onTop: (page: Page) => void,
  ) {
    theme.onChange(() => {
      for (const page of this.pages) page.setConfig(this.configOf(page.route))
    })
    this.configs = new Map(manifest.modules.map((m) => [m.path, { ...manifest.app.window, ...m.config }]))
  }

  get top(): Page | undefined {
    return this.pages[this.pages.length - 1]
  }

  get routes(): string[] {
    return this.pages.map((page) => page.route)
  }

  get callers(): PageCaller[] {
    return this.pages.map((page) => page.caller)
  }

  async to(url: string): Promise<void> {
    const target = this.locate(url)
    if (this.pages.length >= MAX_DEPTH) throw new WxError(`webview count limit exceed`)
    const below = this.top
    if (below) this.float(below, 'push')
    below?.hide()
    const page = this.open(url, target)
    if (below) await slide(page.element, 'in')
    if (below && below !== this.top) below.element.hidden = true
  }

  async redirect(url: string): Promise<void> {
    const target = this.locate(url)
    this.drop(this.pages.pop())
    this.open(url, target)
  }

  async reLaunch(url: string): Promise<void> {
    const target = this.locate(url)
    this.unpark()
    for (const page of this.pages.splice(0).reverse()) this.drop(page)
    this.open(url, target)
  }

  async back(delta = 1): Promise<void> {
    if (this.pages.length < 2) throw new WxError('cannot navigate back at first page')
    const leaving = this.pages.splice(Math.max(1, this.pages.length - Math.max(1, delta)))
    const below = this.top
    const gone = leaving.reverse().filter((page, i) => i > 0 || !this.float(page, 'pop'))
    for (const page of leaving) {
      if (gone.includes(page)) page.unload()
      else page.hide()
    }
    if (below) this.see(below)
    const last = leaving[0]
    if (last) await slide(last.element, 'out')
    for (const page of leaving) {
      if (gone.includes(page)) page.element.remove()
      else page.element.hidden = page !== this.top
    }
  }

  /** Ends all pages, as a relaunch or the end of a test does. */
  clear(): void {
    this.unpark()
    for (const page of this.pages.splice(0).reverse()) this.drop(page)
  }

  /** A player of this page may go on in the small window. A page that was closed lives as long as the window. */
  private float(page: Page, way: 'push' | 'pop'): boolean {
    const floats = floating.leave(page.element, way, {
      back: () => {
        if (way === 'push') return void this.back(this.pages.length - 1 - this.pages.indexOf(page)).catch(() => {})
        this.parked = null
        this.top?.hide()
        this.pages.push(page)
        this.see(page)
      },
      close: () => {
        floating.shut()
        if (way === 'pop') this.unpark()
      },
    })
    if (floats && way === 'pop') this.parked = page
    return floats
  }

  private unpark(): void {
    const page = this.parked
    this.parked = null
    this.drop(page ?? undefined)
  }

  private see(page: Page): void {
    if (floating.shows(page.element)) floating.shut()
    page.show()
    this.onTop(page)
  }

  private configOf(route: string): WindowConfig {
    return this.theme.resolve(this.configs.get(route) ?? {})
  }

  private locate(url: string): Location {
    const target = parseUrl(url, this.top?.route ?? '')
    if (!this.manifest.pages.includes(target.route)) throw new WxError(`page "${target.route}" is not found`)
    return target
  }

  private open(url: string, { route, query }: Location): Page {
    journal.note(`page ${url}`)
    const search = url.includes('?') ? url.slice(url.indexOf('?')) : ''
    const home = this.manifest.app.entryPagePath ?? this.manifest.pages[0] ?? ''
    const back = { label: 'back', go: () => void this.back().catch(() => {}) } as const
    const toHome = route === home ? null : ({ label: 'home', go: () => void this.reLaunch(`/${home}`) } as const)
    const spec = {
      route,
      query,
      url: `/${route}${search}`,
      config: this.configOf(route),
      back: this.pages.length > 0 ? back : toHome,
    }
    const page: Page = new Page(this.engine(), this.screen.pages, spec, () => page === this.top && this.onTop(page))
    this.pages.push(page)
    page.load()
    // A page may already have moved on to another one.
    if (page !== this.top) return page
    this.onTop(page)
    page.show()
    // After the components' own `ready`, which waits for the same frame.
    requestAnimationFrame(() => {
      if (this.pages.includes(page)) page.call('onReady')
    })
    return page
  }

  private drop(page: Page | undefined): void {
    page?.unload()
    page?.element.remove()
  }
}
