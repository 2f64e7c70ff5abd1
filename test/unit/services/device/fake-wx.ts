type Listener = (event?: unknown) => void
type Options = { success?: Listener; fail?: Listener; complete?: Listener; scope?: string; keepScreenOn?: boolean }

/** The part of `wx` that the device adapter uses, under the control of a test. */
export class FakeWx {
  platform = 'android'
  missing = new Set<string>()
  /** What the settings say; a scope that is not in it was never asked for. */
  settings: Record<string, boolean> = {}
  settingsFail = false
  privacy = true
  /** How the dialog is answered. */
  answer: 'yes' | 'no' | 'privacy' = 'yes'
  asked: string[] = []
  screen: boolean[] = []
  stored = new Map<string, unknown>()
  storageBroken = false
  private readonly listeners = new Map<string, Set<Listener>>()

  canIUse = (name: string) => !this.missing.has(name)
  getDeviceInfo = () => ({ platform: this.platform })
  getSystemInfoSync = () => ({ platform: this.platform, windowWidth: 320, windowHeight: 640, statusBarHeight: 20 })
  getWindowInfo = () => ({
    windowWidth: 390,
    windowHeight: 844,
    statusBarHeight: 47,
    safeArea: { top: 47, left: 0, right: 390, bottom: 810, width: 390, height: 763 },
  })
  getMenuButtonBoundingClientRect = () => ({ top: 51, left: 296, right: 383, bottom: 83, width: 87, height: 32 })
  requirePrivacyAuthorize = (o: Options) => (this.privacy ? o.success?.() : o.fail?.({ errno: 104 }))
  getSetting = (o: Options) => (this.settingsFail ? o.fail?.({}) : o.success?.({ authSetting: this.settings }))
  openSetting = (o: Options) => o.complete?.({})
  authorize = (o: Options) => {
    this.asked.push(String(o.scope))
    if (this.answer === 'yes') o.success?.({})
    else o.fail?.({ errMsg: 'authorize:fail', ...(this.answer === 'privacy' && { errno: 104 }) })
  }
  setKeepScreenOn = (o: Options) => this.screen.push(o.keepScreenOn === true)
  vibrateShort = (o: Options) => o.fail?.({})
  shaken = 0
  vibrateLong = (o: Options) => {
    this.shaken++
    o.fail?.({})
  }
  /** Tones that were struck, and bells that are open. */
  tones = 0
  bells = 0
  createWebAudioContext = () => {
    this.bells++
    const param = { value: 0, setValueAtTime: () => {}, exponentialRampToValueAtTime: () => {} }
    const node = { connect: () => {}, start: () => this.tones++, stop: () => {} }
    return {
      currentTime: 0,
      destination: {},
      createOscillator: () => ({ ...node, frequency: param }),
      createGain: () => ({ ...node, gain: param }),
      close: async () => {
        this.bells--
      },
    }
  }
  getStorageSync = (key: string) => {
    this.mayFail()
    return this.stored.get(key) ?? ''
  }
  setStorageSync = (key: string, value: unknown) => {
    this.mayFail()
    this.stored.set(key, value)
  }
  removeStorageSync = (key: string) => {
    this.mayFail()
    this.stored.delete(key)
  }
  onAppShow = this.on('show')
  offAppShow = this.off('show')
  onAppHide = this.on('hide')
  offAppHide = this.off('hide')
  onNetworkStatusChange = this.on('network')
  offNetworkStatusChange = this.off('network')
  onAudioInterruptionBegin = this.on('begin')
  offAudioInterruptionBegin = this.off('begin')
  onAudioInterruptionEnd = this.on('end')
  offAudioInterruptionEnd = this.off('end')

  fire(event: string, value?: unknown): void {
    for (const listener of [...(this.listeners.get(event) ?? [])]) listener(value)
  }

  get listening(): number {
    return [...this.listeners.values()].reduce((sum, set) => sum + set.size, 0)
  }

  private on(event: string) {
    return (listener: Listener) => {
      const set = this.listeners.get(event) ?? new Set()
      this.listeners.set(event, set.add(listener))
    }
  }

  private off(event: string) {
    return (listener: Listener) => {
      this.listeners.get(event)?.delete(listener)
    }
  }

  private mayFail(): void {
    if (this.storageBroken) throw new Error('setStorageSync:fail')
  }
}
