/** `window` of app.json or a page's own json. */
export interface WindowConfig {
  navigationBarTitleText?: string
  navigationBarBackgroundColor?: string
  navigationBarTextStyle?: 'black' | 'white'
  navigationStyle?: 'default' | 'custom'
  backgroundColor?: string
  enablePullDownRefresh?: boolean
  onReachBottomDistance?: number
  disableScroll?: boolean
}

export type ThemeName = 'light' | 'dark'

/** theme.json: values by name, one set per theme. */
export type Themes = Readonly<Record<ThemeName, Readonly<Record<string, string>>>>

/** The parts of app.json that the preview acts on. */
export interface AppConfig {
  pages: string[]
  entryPagePath?: string
  window?: WindowConfig
  usingComponents?: Record<string, string>
  subPackages?: { root: string; pages: string[] }[]
  subpackages?: { root: string; pages: string[] }[]
  /** Whether the mini program follows the system into the dark. */
  darkmode?: boolean
  themeLocation?: string
  /** Content of the file at `themeLocation`, put here by the build. */
  themes?: Themes
}

/** json of a page or component. */
export interface ComponentConfig extends WindowConfig {
  component?: boolean
  usingComponents?: Record<string, string>
  componentGenerics?: Record<string, true | { default?: string }>
  componentPlaceholder?: Record<string, string>
  styleIsolation?: string
  addGlobalClass?: boolean
}

/** A page or component of the mini program. `scope` prefixes its classes; null: its styles are shared. */
export interface ModuleEntry {
  readonly path: string
  readonly config: ComponentConfig
  readonly scope: string | null
  /** Runs the script, which calls Page() or Component(). */
  readonly load: () => void
}

/** Everything the build hands to the runtime. */
export interface AppManifest {
  readonly app: AppConfig
  /** All routes, those of subpackages included. */
  readonly pages: readonly string[]
  /** Compiled templates by path; builtins under `wx://TAG`. */
  readonly templates: Record<string, unknown>
  /** Components before those who use them. */
  readonly modules: readonly ModuleEntry[]
  /** Runs app.ts, which calls App(). */
  readonly loadApp: () => void
}
