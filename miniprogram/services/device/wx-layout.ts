import type { ScreenLayout } from './port'

/** Measures the screen now: it changes with rotation and on foldable phones. */
export function wxLayout(): ScreenLayout {
  // `getWindowInfo` came with base library 2.20.1.
  const info = wx.canIUse('getWindowInfo') ? wx.getWindowInfo() : wx.getSystemInfoSync()
  const { windowWidth, windowHeight, statusBarHeight, safeArea } = info
  const { top, left, right, bottom, width, height } = wx.getMenuButtonBoundingClientRect()
  return {
    windowWidth,
    windowHeight,
    statusBarHeight,
    // Missing on some desktop clients, which have neither notch nor home bar.
    safeArea: safeArea ?? {
      top: statusBarHeight,
      left: 0,
      right: windowWidth,
      bottom: windowHeight,
      width: windowWidth,
      height: windowHeight - statusBarHeight,
    },
    menu: { top, left, right, bottom, width, height },
  }
}
