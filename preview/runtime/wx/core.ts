import type { Emitter } from '../emitter'
import type { AppConfig } from '../manifest'
import type { PageStack } from '../pages/stack'
import type { CloudCall } from '../phone'
import type { Screen } from '../screen'
import type { PhoneTheme } from '../theme'

/** Path, query and scene of a start of the app. */
export interface LaunchOptions {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly scene: number
}

/** Events of the app that wx functions subscribe to. */
export interface AppEvents {
  readonly show: Emitter<LaunchOptions>
  readonly hide: Emitter<void>
  readonly error: Emitter<string>
  readonly rejection: Emitter<{ reason: unknown; promise: Promise<unknown> }>
  readonly audioInterruptionBegin: Emitter<void>
  readonly audioInterruptionEnd: Emitter<void>
  readonly keyboardHeight: Emitter<{ height: number; duration: number }>
}

/** What the wx functions need of the phone they run in. */
export interface PhoneCore {
  readonly user: string
  /** Parameters of the phone's address: `?user=alice&backend=http&platform=devtools`. */
  readonly params: URLSearchParams
  readonly app: AppConfig
  readonly stack: PageStack
  readonly screen: Screen
  readonly theme: PhoneTheme
  readonly events: AppEvents
  readonly launch: LaunchOptions
  /** Builtin tags, for canIUse. */
  readonly tags: ReadonlySet<string>
  /** Sends the app away, as its capsule's close does. */
  exit(): void
  countCloudCall(call: CloudCall): void
  /** Opens the share sheet for the visible page. */
  share(from: 'menu' | 'button', target?: unknown): Promise<void>
}
