import { randomInt } from 'node:crypto'
import { access, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { writeAtomically } from './atomic-file'

const FILE_ID = /^\d{19}$/
const UNREPORTED = '.todo.json'

const mediaFile = v.object({
  /** Digits, not to be guessed: whoever knows them may play the file. */
  fileId: v.string(),
  stream: v.string(),
  taskId: v.string(),
  /** One per push that the task records. */
  sessionId: v.string(),
  extension: v.string(),
  /** Unix ms, when the file was begun and completed. */
  startedAt: v.number(),
  endedAt: v.nullable(v.number()),
  /** Of what can be played. */
  seconds: v.number(),
  bytes: v.number(),
  width: v.number(),
  height: v.number(),
})

/** A recorded file, complete once `endedAt` is set. */
export type MediaFile = v.InferOutput<typeof mediaFile>

/** Nineteen digits, as file ids of Tencent have. */
export function newFileId(): string {
  const digits = (): string => String(randomInt(100_000_000)).padStart(8, '0')
  return `${randomInt(100, 1000)}${digits()}${digits()}`
}

/**
 * The recorded files in one folder. Beside `<id>.mp4`, which is `<id>.part` while it grows, stands what is known of it:
 * `<id>.todo.json` until its event has been delivered, `<id>.json` from then on. So after a crash the folder itself says
 * what was being recorded and what nobody has been told of.
 */
export class MediaLibrary {
  /** Begun by this process, and none of the crashed one's. */
  readonly #own = new Set<string>()

  constructor(private readonly folder: string) {}

  /** Where the file grows. */
  partOf(fileId: string): string {
    return join(this.folder, `${fileId}.part`)
  }

  /** Where the complete file is. */
  pathOf(fileId: string): string {
    return join(this.folder, `${fileId}.mp4`)
  }

  /** Notes that a file is begun. */
  async begin(file: MediaFile): Promise<void> {
    this.#own.add(file.fileId)
    await mkdir(this.folder, { recursive: true })
    await this.#write(file)
  }

  /** Completes a file: from now on it can be found and played. */
  async complete(file: MediaFile): Promise<void> {
    await rename(this.partOf(file.fileId), this.pathOf(file.fileId)).catch(async (error: unknown) => {
      // A crash between this and the next line has renamed it already.
      if (!(await exists(this.pathOf(file.fileId)))) throw error
    })
    await this.#write(file)
  }

  /** Notes that the event of a complete file has been delivered. */
  async reported(fileId: string): Promise<void> {
    const file = await this.#read(this.#infoOf(fileId, UNREPORTED))
    if (file) await rename(this.#infoOf(fileId, UNREPORTED), this.#infoOf(fileId, '.json'))
  }

  /** A complete file, or null. */
  async find(fileId: string): Promise<MediaFile | null> {
    if (!FILE_ID.test(fileId)) return null
    // The first name once more: the file may have been renamed between the two looks.
    for (const ending of ['.json', UNREPORTED, '.json']) {
      const file = await this.#read(this.#infoOf(fileId, ending))
      if (file) return file.endedAt ? file : null
    }
    return null
  }

  /** Removes a file and all that is known of it; false if it is not there. */
  async remove(fileId: string): Promise<boolean> {
    if (!(await this.find(fileId))) return false
    await this.discard(fileId)
    return true
  }

  /** Removes whatever there is of a file, complete or not. */
  async discard(fileId: string): Promise<void> {
    const names = [`${fileId}.json`, `${fileId}${UNREPORTED}`, `${fileId}.part`, `${fileId}.mp4`]
    for (const name of names) await rm(join(this.folder, name), { force: true })
  }

  /** What a process before this one began and nobody has been told of, oldest first. */
  async leftBehind(): Promise<MediaFile[]> {
    const names = await readdir(this.folder).catch(() => [])
    const found: MediaFile[] = []
    for (const name of names) {
      if (!name.endsWith(UNREPORTED) || this.#own.has(name.slice(0, -UNREPORTED.length))) continue
      const file = await this.#read(join(this.folder, name))
      if (file) found.push(file)
    }
    return found.sort((a, b) => a.startedAt - b.startedAt)
  }

  #infoOf(fileId: string, ending: string): string {
    return join(this.folder, fileId + ending)
  }

  #write(file: MediaFile): Promise<void> {
    return writeAtomically(this.#infoOf(file.fileId, UNREPORTED), JSON.stringify(file))
  }

  async #read(path: string): Promise<MediaFile | null> {
    try {
      return v.parse(mediaFile, JSON.parse(await readFile(path, 'utf8')))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') console.warn(`${path} is unreadable: ${String(error)}`)
      return null
    }
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )
