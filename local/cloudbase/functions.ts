import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { compileFunction } from 'node:vm'

/** The entry of a cloud function, as CloudBase calls it. */
export type Main = (event: unknown, context: unknown) => unknown

export interface Trigger {
  name: string
  type: string
  /** Seven-field cron. */
  config: string
}

/** The built functions of one folder: `<root>/<name>/index.js`, `config.json`. Each is loaded at its first call. */
export class Functions {
  private readonly loaded = new Map<string, Main>()

  /** @param globalProcess what the functions see as `process` */
  constructor(
    private readonly root: string,
    private readonly globalProcess: NodeJS.Process,
  ) {}

  names(): string[] {
    try {
      return readdirSync(this.root, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => entry.name)
    } catch {
      return []
    }
  }

  /**
   * The entry of a function, or null when there is none of this name.
   * @throws whatever the function throws while it loads
   */
  main(name: string): Main | null {
    const known = this.loaded.get(name)
    if (known) return known
    if (!this.names().includes(name)) return null
    const main = this.load(join(this.root, name, 'index.js'))
    this.loaded.set(name, main)
    return main
  }

  /** Timers that the function asks for in its `config.json`. */
  timers(name: string): Trigger[] {
    let config: { triggers?: Trigger[] }
    try {
      config = JSON.parse(readFileSync(join(this.root, name, 'config.json'), 'utf8'))
    } catch {
      return []
    }
    return (config.triggers ?? []).filter((trigger) => trigger.type === 'timer')
  }

  /** Forgets what is loaded: the next call reads the file again. Calls that run go on in the old code. */
  reload(): void {
    this.loaded.clear()
  }

  /** Outside the module cache, so that a rebuilt file is new, and with our `process` in place of the global one. */
  private load(file: string): Main {
    const names = ['exports', 'require', 'module', '__filename', '__dirname', 'process']
    const module: { exports: { main?: Main } } = { exports: {} }
    const body = compileFunction(readFileSync(file, 'utf8'), names, { filename: file })
    body(module.exports, createRequire(file), module, file, join(file, '..'), this.globalProcess)
    if (typeof module.exports.main !== 'function') throw new Error(`${file} exports no main()`)
    return module.exports.main
  }
}
