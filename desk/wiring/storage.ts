import type { KeyValueStorage } from '../../miniprogram/services/device/port'

const PREFIX = 'live-desk:'

/** Small values in the browser's storage, each user's apart. A full, broken or forbidden one is silent. */
export function browserStorage(user: string, storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>) {
  const nameOf = (key: string) => `${PREFIX}${user}:${key}`
  const quietly = <T>(use: () => T): T | undefined => {
    try {
      return use()
    } catch {
      return undefined
    }
  }
  return {
    get<T>(key: string, accept: (value: unknown) => value is T): T | undefined {
      const value: unknown = quietly(() => JSON.parse(storage.getItem(nameOf(key)) ?? 'null'))
      return accept(value) ? value : undefined
    },
    set: (key, value) => quietly(() => storage.setItem(nameOf(key), JSON.stringify(value))),
    remove: (key) => quietly(() => storage.removeItem(nameOf(key))),
  } satisfies KeyValueStorage
}
