import { ringBy } from '../../miniprogram/services/device/bell'
import type { Device, KeyValueStorage, Permission, PermissionAnswer } from '../../miniprogram/services/device/port'

const KINDS = { camera: 'video', microphone: 'audio' } as const

/**
 * Asks by opening the device for a moment, as browsers want it. A machine that has none is no refusal: the push says so
 * when it opens it.
 */
async function ensure(permission: Permission): Promise<PermissionAnswer> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ [KINDS[permission]]: true })
    for (const track of stream.getTracks()) track.stop()
    return 'granted'
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'granted'
  }
}

function listen(target: EventTarget, type: string, handler: () => void): () => void {
  target.addEventListener(type, handler)
  return () => target.removeEventListener(type, handler)
}

/** The screen of a computer goes dark during a long show, too; a lock ends with every tab that is hidden, and is taken anew. */
function keepScreenOn(): () => void {
  let lock: WakeLockSentinel | null = null
  let over = false
  const take = async () => {
    if (document.hidden || over) return
    lock = (await navigator.wakeLock?.request('screen').catch(() => null)) ?? null
    if (over) void lock?.release()
  }
  void take()
  const ignore = listen(document, 'visibilitychange', () => void take())
  return () => {
    over = true
    ignore()
    void lock?.release()
  }
}

const whole = () => ({
  top: 0,
  left: 0,
  right: window.innerWidth,
  bottom: window.innerHeight,
  width: window.innerWidth,
  height: window.innerHeight,
})
const nowhere = { top: 0, left: 0, right: 0, bottom: 0, width: 0, height: 0 }

/** This browser, as the stores see a phone. A tab that is hidden goes on: whoever shares a screen looks at another one. */
export const browserDevice = (storage: KeyValueStorage): Device => ({
  canShowMedia: true,
  mediaGap: null,
  storage,
  permissions: { ensure },
  saveToAlbum: async () => 'failed',
  // The browser keeps this beside the address; coming back to the tab is all that a page learns.
  openSettings: async () => {},
  onNetwork(handler) {
    const ends = [listen(window, 'online', () => handler(true)), listen(window, 'offline', () => handler(false))]
    return () => {
      for (const end of ends) end()
    }
  },
  onShow: (handler) => listen(document, 'visibilitychange', () => document.hidden || handler()),
  onHide: (handler) => listen(document, 'visibilitychange', () => document.hidden && handler()),
  // No call takes the microphone of a computer.
  onInterruption: () => () => {},
  keepScreenOn,
  vibrate: () => {},
  ring: (loud) => ringBy(loud ? new AudioContext() : null, () => undefined),
  layout: () => ({
    windowWidth: window.innerWidth,
    windowHeight: window.innerHeight,
    statusBarHeight: 0,
    safeArea: whole(),
    menu: nowhere,
  }),
})
