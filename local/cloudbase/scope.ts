import { AsyncLocalStorage } from 'node:async_hooks'

export type Env = Record<string, string | undefined>

/**
 * A `process` for code that serves many callers at once in one process: its `env` shows each call its own variables
 * over the common ones. On CloudBase an instance serves one call at a time and the SDK reads the caller's identity from
 * `process.env`; with a shared one, a call that has awaited would read somebody else's.
 */
export class CallScope {
  private readonly storage = new AsyncLocalStorage<Env>()
  /** Hand this to the code under the name `process`. */
  readonly process: NodeJS.Process

  constructor(common: Env) {
    const env = this.scopedEnv({ ...common })
    this.process = new Proxy(process, {
      get: (target, key) => (key === 'env' ? env : Reflect.get(target, key)),
    })
  }

  /** Runs `body`, and all that it awaits, with `own` variables. */
  run<T>(own: Env, body: () => T): T {
    return this.storage.run(own, body)
  }

  private scopedEnv(common: Env): Env {
    const seen = (): Env => ({ ...common, ...this.storage.getStore() })
    return new Proxy(common, {
      get: (target, key) => {
        const own = this.storage.getStore()
        return typeof key === 'string' && own && Object.hasOwn(own, key) ? own[key] : Reflect.get(target, key)
      },
      has: (_target, key) => Reflect.has(seen(), key),
      ownKeys: () => Reflect.ownKeys(seen()),
      getOwnPropertyDescriptor: (_target, key) => {
        const found = Reflect.getOwnPropertyDescriptor(seen(), key)
        return found && { ...found, configurable: true }
      },
      // A function that sets a variable sets its own view, as on an instance of its own.
      set: (target, key, value) => Reflect.set(this.storage.getStore() ?? target, key, String(value)),
    })
  }
}
