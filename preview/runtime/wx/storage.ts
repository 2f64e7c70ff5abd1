import { api, text } from './api'
import type { PhoneCore } from './core'
import { WxError } from './error'

/** Storage in the browser's localStorage, of its own for each user. */
export function storage({ user }: PhoneCore) {
  const prefix = `phone:${user}:`
  const read = (key: unknown): { data: unknown } | null => {
    const raw = localStorage.getItem(prefix + text(key))
    return raw === null ? null : (JSON.parse(raw) as { data: unknown })
  }
  const write = (key: unknown, data: unknown) => localStorage.setItem(prefix + text(key), JSON.stringify({ data }))
  const remove = (key: unknown) => localStorage.removeItem(prefix + text(key))
  const keys = () =>
    Object.keys(localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length))
  const clear = () => {
    for (const key of keys()) remove(key)
  }
  const info = () => ({ keys: keys(), currentSize: 0, limitSize: 10_240 })
  return {
    getStorageSync: (key: string) => read(key)?.data ?? '',
    setStorageSync: write,
    removeStorageSync: remove,
    clearStorageSync: clear,
    getStorageInfoSync: info,
    getStorage: api('getStorage', ({ key }) => {
      const found = read(key)
      if (!found) throw new WxError('data not found')
      return found
    }),
    setStorage: api('setStorage', ({ key, data }) => write(key, data)),
    removeStorage: api('removeStorage', ({ key }) => remove(key)),
    clearStorage: api('clearStorage', clear),
    getStorageInfo: api('getStorageInfo', info),
  }
}
