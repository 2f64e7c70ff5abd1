import type { StreamTable } from '../stream-table'
import { fileTarget } from './file-target'
import type { MediaLibrary } from './library'
import { Recording, type RecordingDeps, report, rescue } from './recording'
import type { RecordTask, RecordTasks } from './tasks'

const MAX_TIMER_MS = 2 ** 31 - 1
/** What may wait for the disk: some seconds of a good picture. */
const MAX_QUEUED_BYTES = 16 << 20
/** Tencent runs at most three tasks for one stream at a time. */
export const MAX_TASKS_PER_STREAM = 3

type Deps = Pick<RecordingDeps, 'events' | 'now'> & {
  table: StreamTable
  tasks: RecordTasks
  library: MediaLibrary
}

/** Records what the tasks ask for: brings the running recordings in line with tasks, pushes and time. */
export class Recorder {
  /** By task and push. */
  readonly #running = new Map<string, { task: RecordTask; recording: Recording }>()
  /** Recordings whose files are being completed. */
  readonly #closing = new Set<Promise<void>>()
  #timer: NodeJS.Timeout | null = null
  #recording: RecordingDeps | null = null
  #closed = false

  constructor(private readonly deps: Deps) {}

  /** Loads the muxer and begins what is due; called when a task, a push or the time has changed. */
  async update(): Promise<void> {
    if (this.#recording === null && this.deps.tasks.nextChange() === null) return
    const deps = await this.#load()
    if (this.#closed) return
    const { table, tasks } = this.deps
    const wanted = new Set<string>()
    for (const task of tasks.all()) {
      const push = tasks.isRunning(task) ? table.get(task.stream) : undefined
      if (!push) continue
      const key = `${task.taskId} ${push.sequence}`
      wanted.add(key)
      if (!this.#running.has(key)) this.#running.set(key, { task, recording: new Recording(push, task, deps) })
    }
    for (const [key, { recording }] of this.#running) {
      if (wanted.has(key)) continue
      this.#running.delete(key)
      const closing = recording.stop()
      this.#closing.add(closing)
      void closing.finally(() => this.#closing.delete(closing))
    }
    this.#wake()
  }

  /** Completes what a process before this one left behind, and tells of what nobody was told of. */
  async recover(): Promise<void> {
    const { library, events, now } = this.deps
    const files = await library.leftBehind()
    if (files.length === 0) return
    const { lib } = await this.#load()
    for (const file of files) {
      if (file.endedAt !== null) {
        events.status('record_ended', file)
        report(file, library, events)
      } else if (!(await rescue(file, { lib, library, events, now }))) {
        events.status('record_error', file, 'the recorder ended before anything could be kept')
      }
    }
  }

  /** Ends all recordings; resolves when their files are complete. */
  async close(): Promise<void> {
    this.#closed = true
    if (this.#timer) clearTimeout(this.#timer)
    await Promise.all([...this.#closing, ...[...this.#running.values()].map(({ recording }) => recording.stop())])
  }

  async #load(): Promise<RecordingDeps> {
    const lib = await import('mediabunny')
    const { library, events, now } = this.deps
    this.#recording ??= {
      lib,
      library,
      events,
      now,
      maxQueuedBytes: MAX_QUEUED_BYTES,
      createTarget: (path) => fileTarget(lib, path),
    }
    return this.#recording
  }

  /** Sets the alarm for the next task that begins or ends. */
  #wake(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const next = this.deps.tasks.nextChange()
    if (next === null) return
    const wait = Math.min(Math.max(0, next - this.deps.now()), MAX_TIMER_MS)
    this.#timer = setTimeout(() => {
      this.update().catch((error: unknown) => console.error('the recorder:', error))
    }, wait)
  }
}
