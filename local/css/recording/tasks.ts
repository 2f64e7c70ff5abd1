import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { writeAtomically } from './atomic-file'

const DAY_MS = 86_400_000
/** Tencent forgets tasks after three months. */
const KEPT_MS = 90 * DAY_MS

const task = v.object({
  taskId: v.string(),
  stream: v.string(),
  /** Unix ms. */
  startAt: v.number(),
  endAt: v.number(),
  /** When it was stopped by the API, unix ms; 0 = never. */
  stoppedAt: v.number(),
  templateId: v.number(),
  /** Comes back with each file. */
  extension: v.string(),
})
const stored = v.object({ tasks: v.array(task) })

/** The order to record a stream whenever it is pushed between two times. */
export type RecordTask = v.InferOutput<typeof task>

/** The record tasks, kept in a file so that a restart forgets none. */
export class RecordTasks {
  readonly #tasks = new Map<string, RecordTask>()
  #saved: Promise<void> = Promise.resolve()

  /** An unreadable file counts as empty, with a warning; a missing one silently. */
  constructor(
    private readonly file: string,
    private readonly now: () => number = Date.now,
  ) {
    for (const known of readTasks(file)) this.#tasks.set(known.taskId, known)
  }

  /** Adds a task; resolves once it is kept. */
  async add(fields: Omit<RecordTask, 'taskId' | 'stoppedAt'>): Promise<RecordTask> {
    const added = { ...fields, taskId: randomBytes(24).toString('base64url'), stoppedAt: 0 }
    this.#tasks.set(added.taskId, added)
    await this.#save()
    return added
  }

  /** Ends a task for good, the second time without effect. False if there is no such task. */
  async stop(taskId: string): Promise<boolean> {
    const known = this.#tasks.get(taskId)
    if (!known) return false
    known.stoppedAt ||= this.now()
    await this.#save()
    return true
  }

  get(taskId: string): RecordTask | undefined {
    return this.#tasks.get(taskId)
  }

  all(): RecordTask[] {
    return [...this.#tasks.values()]
  }

  /** Whether the task wants its stream recorded now. */
  isRunning({ startAt, endAt, stoppedAt }: RecordTask): boolean {
    return stoppedAt === 0 && startAt <= this.now() && this.now() < endAt
  }

  /** The next moment at which a task begins or ends by itself, unix ms; null if none will. */
  nextChange(): number | null {
    const ahead = this.all()
      .filter(({ stoppedAt }) => stoppedAt === 0)
      .flatMap(({ startAt, endAt }) => [startAt, endAt])
      .filter((at) => at > this.now())
    return ahead.length > 0 ? Math.min(...ahead) : null
  }

  #save(): Promise<void> {
    const save = async (): Promise<void> => {
      const oldest = this.now() - KEPT_MS
      for (const { taskId, endAt } of this.all()) if (endAt < oldest) this.#tasks.delete(taskId)
      mkdirSync(dirname(this.file), { recursive: true })
      await writeAtomically(this.file, JSON.stringify({ tasks: this.all() }))
    }
    const saved = this.#saved.then(save)
    this.#saved = saved.catch(() => undefined)
    return saved
  }
}

function readTasks(file: string): RecordTask[] {
  if (!existsSync(file)) return []
  try {
    return v.parse(stored, JSON.parse(readFileSync(file, 'utf8'))).tasks
  } catch (error) {
    console.warn(`${file} is unreadable, starting without record tasks: ${String(error)}`)
    return []
  }
}
