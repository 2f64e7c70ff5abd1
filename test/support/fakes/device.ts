import type {
  AlbumAnswer,
  Device,
  MediaGap,
  Permission,
  PermissionAnswer,
} from '../../../miniprogram/services/device/port'

const area = { top: 0, left: 0, right: 375, bottom: 667, width: 375, height: 667 }

/** A phone whose owner answers as the test says. */
export class FakeDevice implements Device {
  mediaGap: MediaGap | null = null
  get canShowMedia(): boolean {
    return this.mediaGap === null
  }
  answers: Record<Permission, PermissionAnswer> = { camera: 'granted', microphone: 'granted' }
  /** What was asked, in order. */
  asked: Permission[] = []
  settingsOpened = 0
  screenHolders = 0
  private readonly network = new Set<(online: boolean) => void>()
  private readonly interruption = new Set<(phase: 'begin' | 'end') => void>()
  private readonly shown = new Set<() => void>()
  private readonly hidden = new Set<() => void>()

  readonly storage = { get: () => undefined, set: () => {}, remove: () => {} }
  readonly permissions = {
    ensure: async (permission: Permission) => {
      this.asked.push(permission)
      return this.answers[permission]
    },
  }

  get listeners(): number {
    return this.network.size + this.interruption.size + this.shown.size + this.hidden.size
  }

  album: AlbumAnswer = 'saved'
  readonly saved: string[] = []
  async saveToAlbum(path: string): Promise<AlbumAnswer> {
    if (this.album === 'saved') this.saved.push(path)
    return this.album
  }

  /** What the user does there, then comes back. */
  inSettings = () => {}
  async openSettings(): Promise<void> {
    this.settingsOpened++
    this.inSettings()
  }
  onNetwork = (handler: (online: boolean) => void) => listen(this.network, handler)
  onInterruption = (handler: (phase: 'begin' | 'end') => void) => listen(this.interruption, handler)
  onShow = (handler: () => void) => listen(this.shown, handler)
  /** The app is in the foreground again. */
  comeBack(): void {
    for (const handler of [...this.shown]) handler()
  }
  onHide = (handler: () => void) => listen(this.hidden, handler)
  /** The user looks at something else. */
  background(): void {
    for (const handler of [...this.hidden]) handler()
  }
  keepScreenOn(): () => void {
    this.screenHolders++
    let held = true
    return () => {
      if (held) this.screenHolders--
      held = false
    }
  }
  vibrate(): void {}
  /** How many rings are on, and whether the last one could be heard. */
  ringing = 0
  loud = false
  ring(loud: boolean): () => void {
    this.ringing++
    this.loud = loud
    let on = true
    return () => {
      if (on) this.ringing--
      on = false
    }
  }
  layout() {
    return { windowWidth: 375, windowHeight: 667, statusBarHeight: 20, safeArea: area, menu: area }
  }

  goOnline(online: boolean): void {
    for (const handler of [...this.network]) handler(online)
  }
  interrupt(phase: 'begin' | 'end'): void {
    for (const handler of [...this.interruption]) handler(phase)
  }
}

function listen<F>(set: Set<F>, handler: F): () => void {
  set.add(handler)
  return () => {
    set.delete(handler)
  }
}
