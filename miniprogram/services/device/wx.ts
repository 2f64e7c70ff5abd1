import type { Device, MediaGap } from './port'
import { saveToAlbum } from './wx-album'
import { wxLayout } from './wx-layout'
import { ensurePermission } from './wx-permissions'
import { wxRing } from './wx-ring'
import { createScreenLease } from './wx-screen'
import { wxStorage } from './wx-storage'

/** The phone by way of `wx`. Make one for the whole app: the screen lease is counted in it. */
export function createWxDevice(): Device {
  const mediaGap = gapOfMedia()
  return {
    canShowMedia: mediaGap === null,
    mediaGap,
    storage: wxStorage,
    permissions: { ensure: ensurePermission },
    saveToAlbum,
    openSettings: () => new Promise((resolve) => wx.openSetting({ complete: () => resolve() })),
    onNetwork: (handler) =>
      subscribe(wx.onNetworkStatusChange, wx.offNetworkStatusChange, ({ isConnected }) => handler(isConnected)),
    onShow: (handler) => subscribe(wx.onAppShow, wx.offAppShow, () => handler()),
    onHide: (handler) => subscribe(wx.onAppHide, wx.offAppHide, () => handler()),
    onInterruption(handler) {
      const begin = subscribe(wx.onAudioInterruptionBegin, wx.offAudioInterruptionBegin, () => handler('begin'))
      const end = subscribe(wx.onAudioInterruptionEnd, wx.offAudioInterruptionEnd, () => handler('end'))
      return () => {
        begin()
        end()
      }
    },
    keepScreenOn: createScreenLease(),
    vibrate: () => wx.vibrateShort({ type: 'light', fail: () => undefined }),
    ring: wxRing,
    layout: wxLayout,
  }
}

function gapOfMedia(): MediaGap | null {
  if (deviceInfo().platform === 'devtools') return 'devtools'
  const needed = ['live-pusher', 'live-player', 'createLivePusherContext', 'createLivePlayerContext']
  return needed.every((name) => wx.canIUse(name)) ? null : 'library'
}

/** `getDeviceInfo` came with base library 2.20.1. */
function deviceInfo(): { platform: string } {
  return wx.canIUse('getDeviceInfo') ? wx.getDeviceInfo() : wx.getSystemInfoSync()
}

/** The typings describe the argument of every `off` as a callback of its own; it is the listener given to `on`. */
function subscribe<T>(
  on: (listener: (event: T) => void) => void,
  off: (listener: never) => void,
  listener: (event: T) => void,
): () => void {
  on(listener)
  return () => off(listener as never)
}
