/** Something that the user has to allow before the phone may use it. */
export type Permission = 'camera' | 'microphone'

/**
 * Why `<live-pusher>` and `<live-player>` cannot be shown: DevTools do not run them (P2), or this WeChat is too old for them.
 */
export type MediaGap = 'devtools' | 'library'

/**
 * `denied`: refused now or earlier; only the settings page can change it.
 * `privacy-refused`: the user did not agree to the privacy guideline; asking again at once fails without a dialog, so
 * show a panel of your own with the agree button.
 * `privacy-undeclared`: the privacy guideline of this mini program does not name the permission, so nobody is ever asked
 * (P80); only its operator can change that.
 */
export type PermissionAnswer = 'granted' | 'denied' | 'privacy-refused' | 'privacy-undeclared'

/** How keeping a picture in the album went; `denied`: only the settings page can change it. */
export type AlbumAnswer = 'saved' | 'denied' | 'failed'

/** A rectangle on the screen, in px. */
export interface Rect {
  top: number
  left: number
  right: number
  bottom: number
  width: number
  height: number
}

/** What a custom header and footer must stay clear of, in px. */
export interface ScreenLayout {
  windowWidth: number
  windowHeight: number
  statusBarHeight: number
  /** The area without notch and home bar. */
  safeArea: Rect
  /** The capsule of the platform, top right. */
  menu: Rect
}

/** Small values that outlive the app, as JSON. Losing them must not matter: a full or broken storage is silent. */
export interface KeyValueStorage {
  /** The stored value when it is there and `accept` says that it still has the expected shape, else undefined. */
  get<T>(key: string, accept: (value: unknown) => value is T): T | undefined
  set(key: string, value: unknown): void
  remove(key: string): void
}

/** The phone, as the stores see it. Every function that is returned ends what the call began, and may be called twice. */
export interface Device {
  /** False where `<live-pusher>` and `<live-player>` cannot be shown: draw the placeholder. */
  readonly canShowMedia: boolean
  /** Why not, or null. That the account may not use them shows itself only when they are used. */
  readonly mediaGap: MediaGap | null
  readonly storage: KeyValueStorage
  readonly permissions: {
    /** Asks the user when nobody has asked before. Never rejects; a platform that fails to answer is `denied`. */
    ensure(permission: Permission): Promise<PermissionAnswer>
  }
  /** Keeps a temporary picture in the phone's album; asks the user when nobody has asked before. Never rejects. */
  saveToAlbum(path: string): Promise<AlbumAnswer>
  /** Opens the settings page of the app; resolves when the user is back. Ask `ensure` again afterwards. */
  openSettings(): Promise<void>
  /**
   * Called when the phone goes offline, comes back, or changes from one network to another (online again, while old
   * connections may be dead); not called with the state at the start.
   */
  onNetwork(handler: (online: boolean) => void): () => void
  /** The app came to the foreground. */
  onShow(handler: () => void): () => void
  /** The app went to the background: sockets and timers may be cut within seconds. */
  onHide(handler: () => void): () => void
  /** A phone call or another app takes the microphone (`begin`) and gives it back (`end`). */
  onInterruption(handler: (phase: 'begin' | 'end') => void): () => void
  /** Keeps the screen on until the last holder lets go. */
  keepScreenOn(): () => void
  /** A short tap that a finger feels; silent where there is none. */
  vibrate(): void
  /** Rings until the function that is returned is called: it can be felt, and heard where `loud`. */
  ring(loud: boolean): () => void
  layout(): ScreenLayout
}
