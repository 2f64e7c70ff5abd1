import type { Clock } from '../clock'
import { MessengerError } from './port'

/** `promise`, or a rejection with `timeout` after `ms`; a late outcome is swallowed. */
export function within<T>(clock: Clock, ms: number, what: string, promise: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = clock.after(ms, () => reject(new MessengerError('timeout', `no answer to ${what} within ${ms} ms`)))
    promise.then(resolve, reject).finally(cancel)
  })
}
