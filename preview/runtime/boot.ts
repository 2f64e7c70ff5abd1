import { album } from './album'
import { AppLife } from './app-life'
import { installBackground } from './background'
import { builtins as allBuiltins } from './builtins'
import type { BuiltinDef } from './builtins/define'
import { createBanner } from './chrome/banner'
import { createCapsule } from './chrome/capsule'
import { createStatusBar } from './chrome/status-bar'
import { Engine } from './engine/engine'
import { onSetData, setDataStats } from './engine/set-data'
import { createFaults } from './faults'
import { journal } from './journal'
import type { AppManifest } from './manifest'
import { PageStack, parseUrl } from './pages/stack'
import { openPermissions } from './permission-store'
import type { CloudCall, Phone } from './phone'
import { watchSize } from './resize'
import { createScreen } from './screen'
import { fillServices, openMenu, shareFrom } from './services'
import { createTheme } from './theme'
import { createWx, guardWx } from './wx'
import type { LaunchOptions, PhoneCore } from './wx/core'

export interface BootOptions {
  readonly manifest: AppManifest
  /** Where the phone is drawn. */
  readonly host: HTMLElement
  /** `user`, `page`, `backend`, `platform`, `permissions`. */
  readonly params: URLSearchParams
  /** Cold start on a page, or on the killed screen. */
  readonly restart: (change: { page?: string; killed?: boolean }) => void
  /** All tags unless given; tests put still ones in the place of media tags. */
  readonly builtins?: readonly BuiltinDef[]
  /** Takes the place of wx functions; for tests. */
  readonly wx?: Readonly<Record<string, unknown>>
}

const nextFrame = () => new Promise<void>((resolve) => requestAnimationFrame(() => resolve()))

/** A started phone: its control surface, and the end of everything it began. */
export interface BootedPhone {
  readonly phone: Phone
  readonly stack: PageStack
  end(): void
}

/** Draws a phone, loads the mini program into it and opens its first page. */
export function boot({
  manifest,
  host,
  params,
  restart,
  builtins = allBuiltins,
  wx: overrides = {},
}: BootOptions): BootedPhone {
  const user = params.get('user') || 'guest'
  const screen = createScreen(host)
  const life = new AppLife()
  const cloudCalls: CloudCall[] = []
  const ends: (() => void)[] = []
  openPermissions(user, params.get('permissions') === 'granted')

  let engine: Engine | undefined
  const status = createStatusBar(screen.root)
  const theme = createTheme(manifest.app, screen.root)
  const stack = new PageStack(
    manifest,
    () => {
      if (!engine) throw new Error('a page was opened before the app had started')
      return engine
    },
    screen,
    theme,
    (page) => {
      status.setStyle(page.nav.textStyle)
      capsule.setStyle(page.nav.textStyle)
    },
  )
  const first = params.get('page') || `/${manifest.app.entryPagePath ?? manifest.pages[0] ?? ''}`
  const { route, query } = parseUrl(first, '')
  const launch: LaunchOptions = { path: route, query, scene: 1001 }
  const faults = createFaults(() => restart({ killed: true }))
  const core: PhoneCore = {
    user,
    params,
    app: manifest.app,
    stack,
    screen,
    theme,
    events: life.events,
    launch,
    tags: new Set(builtins.map((def) => def.tag)),
    exit: () => faults.background(true),
    countCloudCall: (call) => cloudCalls.push(call),
    share: (from, target) => shareFrom(stack, manifest.app, from, target),
  }
  const wx = guardWx({ ...createWx(core), ...overrides })
  const capsule = createCapsule(screen.root, { menu: () => openMenu(core, wx, () => restart({})), close: core.exit })
  fillServices(core, wx)
  const appName = manifest.app.window?.navigationBarTitleText || '小程序'
  ends.push(
    status.end,
    theme.end,
    life.end,
    createBanner(screen.root),
    installBackground(screen, appName, {
      leave: () => {
        stack.top?.hide()
        life.hide()
      },
      enter: () => {
        life.show(launch)
        stack.top?.show()
      },
    }),
    watchErrors(life),
    watchSize(core),
  )
  Object.assign(globalThis, { wx, App: life.define, getApp: life.get, getCurrentPages: () => stack.callers })

  let readyAt = 0
  const start = async () => {
    engine = new Engine(manifest, builtins, (text) => life.fail(text))
    life.launch(launch)
    await stack.reLaunch(first)
    await nextFrame()
    readyAt = performance.now()
    journal.note(`phone ready after ${Math.round(readyAt)} ms`)
  }
  const ready = start()
  ready.catch((error: unknown) =>
    journal.problem(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  )

  const phone: Phone = {
    user,
    running: true,
    ready,
    problems: journal.problems,
    log: journal.log,
    onLog: journal.onLog,
    onProblem: journal.onProblem,
    faults,
    get routes() {
      return stack.routes
    },
    navigate: {
      to: (url) => stack.to(url),
      redirect: (url) => stack.redirect(url),
      reLaunch: (url) => stack.reLaunch(url),
      back: (delta) => stack.back(delta),
    },
    album: album.pictures,
    relaunch: (page) => restart(page === undefined ? {} : { page }),
    stats: {
      get setDataCalls() {
        return setDataStats.calls
      },
      get setDataBytes() {
        return setDataStats.bytes
      },
      get setDataMaxBytes() {
        return setDataStats.maxBytes
      },
      onSetData,
      cloudCalls,
      get readyAt() {
        return readyAt
      },
    },
  }
  const end = () => {
    stack.clear()
    for (const each of ends.reverse()) each()
    screen.root.remove()
  }
  return { phone, stack, end }
}

/** Script errors that nobody caught. @returns a function that ends it */
function watchErrors(life: AppLife): () => void {
  const failed = (event: ErrorEvent) => {
    // Sizes that settle one frame later; browsers report it, nothing is wrong.
    if (event.message.startsWith('ResizeObserver loop')) return
    life.fail(event.error instanceof Error ? (event.error.stack ?? event.message) : event.message)
  }
  const rejected = (event: PromiseRejectionEvent) => life.rejected(event.reason, event.promise)
  window.addEventListener('error', failed)
  window.addEventListener('unhandledrejection', rejected)
  return () => {
    window.removeEventListener('error', failed)
    window.removeEventListener('unhandledrejection', rejected)
  }
}
