import { stat } from 'node:fs/promises'
import type { Target } from 'mediabunny'
import type { MediaMessage } from '../message'
import { type Mediabunny, type RemuxEnd, Remuxer } from '../remuxer'
import type { Subscriber } from '../stream'
import type { Push } from '../stream-table'
import type { RecordEvents } from './events'
import { type MediaFile, type MediaLibrary, newFileId } from './library'
import { salvage } from './salvage'
import type { RecordTask } from './tasks'

export interface RecordingDeps {
  lib: Mediabunny
  library: MediaLibrary
  events: RecordEvents
  /** Opens the file that grows. */
  createTarget: (path: string) => Target
  /** Bytes that may wait for the disk. */
  maxQueuedBytes: number
  now: () => number
}

/** Long fragments would be lost in a crash; they begin at key frames only. */
const FRAGMENT_SECONDS = 1

/**
 * One task recording one push, from now until it is stopped or the push ends. Usually into one file; when a track comes,
 * goes or changes, into one more. What goes wrong ends the recording and never the stream.
 */
export class Recording {
  #leave: () => void = () => undefined
  #remuxer: Remuxer | null = null
  #file: MediaFile
  #stopped = false
  /** Files are completed one after the other, so that their events come in order. */
  #done: Promise<void> = Promise.resolve()

  constructor(
    private readonly push: Push,
    private readonly task: RecordTask,
    private readonly deps: RecordingDeps,
  ) {
    this.#file = this.#newFile()
    this.#open(false)
  }

  /** Ends it; resolves when its file is complete and its events are on their way. */
  async stop(): Promise<void> {
    if (!this.#stopped) this.#close({ why: 'stream' })
    await this.#done
  }

  #newFile(): MediaFile {
    const { stream, taskId, extension } = this.task
    const sessionId = newFileId()
    const measures = { seconds: 0, bytes: 0, width: 0, height: 0 }
    const startedAt = this.deps.now()
    return { fileId: newFileId(), stream, taskId, sessionId, extension, startedAt, endedAt: null, ...measures }
  }

  /** `continued`: the frames since the last key frame are in the file before. */
  #open(continued: boolean): void {
    const { lib, library, events, createTarget, maxQueuedBytes, now } = this.deps
    const file = this.#file
    const before = this.#done
    const remuxer = new Remuxer(lib, {
      maxQueuedBytes,
      createOutput: () =>
        new lib.Output({
          format: new lib.Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: FRAGMENT_SECONDS }),
          target: createTarget(library.partOf(file.fileId)),
        }),
      prepare: async () => {
        await before
        Object.assign(file, remuxer.size, { startedAt: now() })
        await library.begin(file)
      },
      onBegin: () => events.status('record_start_succeeded', file),
      onEnd: (end) => this.#close(end),
    })
    this.#remuxer = remuxer
    const leave = this.push.stream.join(continued ? withoutBacklog(remuxer) : remuxer)
    // It may have ended while it took what the stream remembers.
    if (this.#remuxer === remuxer) this.#leave = leave
    else leave()
  }

  #close(end: RemuxEnd): void {
    const remuxer = this.#remuxer
    const file = this.#file
    if (!remuxer) return
    this.#remuxer = null
    this.#leave()
    this.#done = this.#done.then(() => this.#complete(file, remuxer, end))
    if (end.why !== 'tracks') {
      this.#stopped = true
      return
    }
    this.#file = { ...this.#newFile(), sessionId: file.sessionId }
    this.#open(true)
  }

  async #complete(file: MediaFile, remuxer: Remuxer, end: RemuxEnd): Promise<void> {
    try {
      if (end.why === 'failed') throw new Error(end.message)
      const seconds = await remuxer.finish()
      if (seconds === null) throw new Error('nothing came that can be recorded: H.264 with key frames, or AAC')
      await keep(file, seconds, this.deps)
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error)
      this.deps.events.status(remuxer.began ? 'record_error' : 'record_start_failed', file, problem)
      await remuxer.cancel().catch(() => undefined)
      await rescue(file, this.deps).catch((failure: unknown) => {
        console.warn(`a recording of ${file.stream} is lost: ${String(failure)}`)
      })
    }
  }
}

/** Keeps what can be played of a file that was not completed, and tells of it. False if nothing can: it is dropped. */
export async function rescue(
  file: MediaFile,
  deps: Omit<RecordingDeps, 'createTarget' | 'maxQueuedBytes'>,
): Promise<boolean> {
  const { lib, library } = deps
  const seconds = (await salvage(lib, library.partOf(file.fileId))) ?? (await salvage(lib, library.pathOf(file.fileId)))
  if (seconds) await keep(file, seconds, deps)
  else await library.discard(file.fileId)
  return Boolean(seconds)
}

/** Completes a file and tells of it: ended, and here it is. */
async function keep(
  file: MediaFile,
  seconds: number,
  { library, events, now }: Pick<RecordingDeps, 'library' | 'events' | 'now'>,
): Promise<void> {
  const { size } = await stat(library.partOf(file.fileId)).catch(() => stat(library.pathOf(file.fileId)))
  Object.assign(file, { seconds, bytes: size, endedAt: now() })
  await library.complete(file)
  events.status('record_ended', file)
  report(file, library, events)
}

/** Delivers event 100; until the receiver has taken it, the library remembers that it is owed. */
export function report(file: MediaFile, library: MediaLibrary, events: RecordEvents): void {
  events
    .file(file)
    .then((delivered) => (delivered ? library.reported(file.fileId) : undefined))
    .catch((error: unknown) => console.warn(`a recording of ${file.stream} will be reported again: ${String(error)}`))
}

/** Takes configurations at once, and frames only as they come. */
function withoutBacklog(remuxer: Remuxer): Subscriber {
  return {
    start: (tracks, backlog) =>
      remuxer.start(
        tracks,
        backlog.filter(({ isFrame }) => !isFrame),
      ),
    message: (message: MediaMessage) => remuxer.message(message),
    end: () => remuxer.end(),
  }
}
