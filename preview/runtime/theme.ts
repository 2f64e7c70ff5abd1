import { Emitter } from './emitter'
import type { AppConfig, ThemeName, WindowConfig } from './manifest'

/** Light or dark, as the mini program is to be drawn. */
export interface PhoneTheme {
  readonly name: ThemeName
  /** Settings of a window with `@names` of theme.json replaced by their values in this theme. */
  resolve(config: WindowConfig): WindowConfig
  /** @returns a function that ends the subscription */
  onChange(listener: (name: ThemeName) => void): () => void
  end(): void
}

/** Follows the system if app.json says `darkmode: true`; is light otherwise. The parts of `screen` follow by CSS. */
export function createTheme({ darkmode = false, themes }: AppConfig, screen: HTMLElement): PhoneTheme {
  // Browsers have it, the DOM of component tests does not.
  const system = darkmode ? globalThis.matchMedia?.('(prefers-color-scheme: dark)') : undefined
  const changes = new Emitter<ThemeName>()
  const name = (): ThemeName => (system?.matches ? 'dark' : 'light')
  const changed = () => {
    screen.dataset.theme = name()
    changes.emit(name())
  }
  changed()
  system?.addEventListener('change', changed)
  return {
    get name() {
      return name()
    },
    resolve(config) {
      const values = themes?.[name()] ?? {}
      const themed = (value: unknown) =>
        typeof value === 'string' && value.startsWith('@') ? values[value.slice(1)] : value
      return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, themed(value)]))
    },
    onChange: (listener) => changes.on(listener),
    end: () => system?.removeEventListener('change', changed),
  }
}
