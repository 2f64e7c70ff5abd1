import { journal } from '../journal'
import { WxError } from './error'

/** Options of a wx call: its own, and the three callbacks. */
export type Options = Record<string, unknown>

type Callback = (result: unknown) => void

/** Runs a callback of the mini program; its defects are the mini program's, not the caller's. */
export function callBack(callback: unknown, result: unknown): void {
  if (typeof callback !== 'function') return
  try {
    ;(callback as Callback)(result)
  } catch (error) {
    journal.problem(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
}

/** `errMsg` and further fields of a failure. */
export function failure(name: string, error: unknown): { errMsg: string } & Record<string, unknown> {
  if (error instanceof WxError) return { errMsg: `${name}:fail ${error.reason}`, ...error.extra }
  return { errMsg: `${name}:fail ${error instanceof Error ? error.message : String(error)}` }
}

/** Delivers an outcome to success or fail, then to complete. */
export function settle(options: Options, ok: boolean, result: unknown): void {
  callBack(ok ? options.success : options.fail, result)
  callBack(options.complete, result)
}

/**
 * An asynchronous wx function: a promise, or callbacks when any is given. What `run` resolves to is the result,
 * with `errMsg: "name:ok"` added; what it throws is the failure.
 */
export function api(name: string, run: (options: Options) => unknown): (options?: Options) => unknown {
  return (options = {}) => {
    const outcome = (async () => ({ errMsg: `${name}:ok`, ...((await run(options)) as object | undefined) }))()
    const wantsCallbacks = options.success || options.fail || options.complete
    if (!wantsCallbacks) {
      return outcome.catch((error: unknown) => Promise.reject(failure(name, error)))
    }
    outcome.then(
      (result) => settle(options, true, result),
      (error: unknown) => settle(options, false, failure(name, error)),
    )
    return undefined
  }
}

/** A pair of wx functions that subscribe to and leave an event source. */
export function listeners<T>(source: {
  on(listener: (value: T) => void): unknown
  off(listener?: (value: T) => void): void
}) {
  return {
    on: (listener: (value: T) => void) => void source.on(listener),
    off: (listener?: (value: T) => void) => source.off(listener),
  }
}

export const text = (value: unknown, fallback = ''): string =>
  value === undefined || value === null ? fallback : String(value)
