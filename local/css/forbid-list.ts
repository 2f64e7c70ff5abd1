import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** Streams nobody may push until a time. Kept in a file, so that a restart does not let a kicked user back in. */
export class ForbidList {
  readonly #until = new Map<string, number>()

  /** An unreadable file counts as empty, with a warning; a missing one silently. */
  constructor(
    private readonly file: string,
    private readonly now: () => number = Date.now,
  ) {
    for (const [name, until] of readEntries(file)) if (until > now()) this.#until.set(name, until)
  }

  has(name: string): boolean {
    return (this.#until.get(name) ?? 0) > this.now()
  }

  /** `until` in unix ms. */
  add(name: string, until: number): void {
    this.#until.set(name, until)
    this.#save()
  }

  remove(name: string): void {
    if (this.#until.delete(name)) this.#save()
  }

  #save(): void {
    for (const [name, until] of this.#until) if (until <= this.now()) this.#until.delete(name)
    mkdirSync(dirname(this.file), { recursive: true })
    const draft = `${this.file}.tmp`
    writeFileSync(draft, JSON.stringify({ forbidden: Object.fromEntries(this.#until) }))
    renameSync(draft, this.file)
  }
}

function readEntries(file: string): [string, number][] {
  if (!existsSync(file)) return []
  try {
    const content: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof content !== 'object' || content === null || !('forbidden' in content)) throw new Error('no forbid list')
    return Object.entries(content.forbidden ?? {}).filter(([, until]) => typeof until === 'number')
  } catch (error) {
    console.warn(`${file} is unreadable, starting without forbidden streams: ${String(error)}`)
    return []
  }
}
