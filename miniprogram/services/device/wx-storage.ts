import type { KeyValueStorage } from './port'

/** The storage of the mini program. */
export const wxStorage: KeyValueStorage = {
  get(key, accept) {
    try {
      const value: unknown = wx.getStorageSync(key)
      return accept(value) ? value : undefined
    } catch {
      return undefined
    }
  },
  set(key, value) {
    try {
      wx.setStorageSync(key, value)
    } catch {
      // Full: what is kept here may be lost.
    }
  },
  remove(key) {
    try {
      wx.removeStorageSync(key)
    } catch {
      // Broken: nothing can be read from it either.
    }
  },
}
