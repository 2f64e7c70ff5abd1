import { createHash, randomBytes } from 'node:crypto'
import { constants, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { type FileHandle, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { WireError } from '../wire'

/** Who acts on a file: a user of the mini program, or a cloud function, which may do everything. */
export type Actor = { openid: string } | 'server'

interface Card {
  path: string
  /** OPENID of the creator; null = made by a cloud function. */
  owner: string | null
}

const notYours = () =>
  new WireError('STORAGE_EXCEED_AUTHORITY', 'storage permission denied: only its creator may change a file')

/**
 * Files of a folder, each as two: its bytes (`.data`) and its card (`.json`: path, owner). Both are named by a hash of
 * the path, so no path can leave the folder. The card is there before the bytes and goes after them: a crash between the
 * two leaves a card without a file, which is no file.
 */
export class Files {
  /** Changes are made one after the other: who may overwrite what is decided and done without anybody in between. */
  private changes: Promise<unknown> = Promise.resolve()

  constructor(private readonly dir: string) {
    mkdirSync(dir, { recursive: true })
    for (const name of readdirSync(dir)) if (name.endsWith('.tmp')) rmSync(join(dir, name))
  }

  /** Opens a file to be read; the caller closes it. Null when there is none. */
  async open(path: string): Promise<{ handle: FileHandle; size: number } | null> {
    const handle = await absentAsNull(open(this.data(path), constants.O_RDONLY | constants.O_NOFOLLOW))
    if (!handle) return null
    const { size } = await handle.stat()
    return { handle, size }
  }

  async exists(path: string): Promise<boolean> {
    const found = await this.open(path)
    await found?.handle.close()
    return found !== null
  }

  /**
   * Makes or replaces a file; it is on the disk when this resolves. A replaced file keeps its owner.
   * @throws WireError when somebody else owns it
   */
  write(path: string, bytes: Buffer, actor: Actor): Promise<void> {
    return this.inTurn(async () => {
      const card = await this.cardOf(path)
      if (card) allow(card, actor)
      else await this.replace(this.card(path), JSON.stringify({ path, owner: ownerOf(actor) } satisfies Card))
      await this.replace(this.data(path), bytes)
    })
  }

  /**
   * @returns false when there was none
   * @throws WireError when somebody else owns it
   */
  remove(path: string, actor: Actor): Promise<boolean> {
    return this.inTurn(async () => {
      const card = await this.cardOf(path)
      if (!card) return false
      allow(card, actor)
      await rm(this.data(path))
      await rm(this.card(path))
      return true
    })
  }

  /** Resolves when nothing is being changed any more. */
  settled(): Promise<unknown> {
    return this.changes
  }

  /** The card of a file that is there. */
  private async cardOf(path: string): Promise<Card | null> {
    if (!(await this.exists(path))) return null
    const text = await absentAsNull(readFile(this.card(path), 'utf8'))
    return text === null ? { path, owner: null } : (JSON.parse(text) as Card)
  }

  private async replace(target: string, contents: Buffer | string): Promise<void> {
    const draft = `${target}.${randomBytes(6).toString('hex')}.tmp`
    const handle = await open(draft, 'wx', 0o600)
    try {
      await handle.writeFile(contents)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, target)
  }

  private inTurn<T>(change: () => Promise<T>): Promise<T> {
    const done = this.changes.then(change)
    this.changes = done.catch(() => undefined)
    return done
  }

  private name = (path: string) => join(this.dir, createHash('sha256').update(path).digest('hex'))
  private data = (path: string) => `${this.name(path)}.data`
  private card = (path: string) => `${this.name(path)}.json`
}

const ownerOf = (actor: Actor): string | null => (actor === 'server' ? null : actor.openid)

function allow(card: Card, actor: Actor): void {
  if (actor !== 'server' && card.owner !== actor.openid) throw notYours()
}

/** A link where a file should be (ELOOP) is as good as none. */
async function absentAsNull<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work
  } catch (error) {
    if (['ENOENT', 'ELOOP'].includes((error as NodeJS.ErrnoException).code ?? '')) return null
    throw error
  }
}
