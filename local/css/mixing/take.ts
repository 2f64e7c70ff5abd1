import { ApiError } from '../api-error'
import type { OnTag } from '../flv'
import type { Push } from '../stream-table'
import { type MixSource, planMix } from './layout'
import { MixProcess } from './process'
import type { MixRequest } from './request'
import { tracksOf } from './tracks'

/** How long an input may take to show its tracks. */
const TRACK_WAIT_MS = 2000
/** The picture begins so much later than now, when every input has a frame from before. */
const LEAD_MS = 100

export interface TakeOptions {
  command: string
  request: MixRequest
  /** The live inputs by name. */
  pushes: ReadonlyMap<string, Push>
  clock: () => number
  /** The first frame must come within this. */
  startMs: number
  onTag: (take: MixTake, ...tag: Parameters<OnTag>) => void
  onInputEnd: () => void
  /** It ended by itself, live or not. */
  onExit: (take: MixTake) => void
}

/** One attempt to show a layout: an ffmpeg from its start until it is replaced, fails or ends. */
export class MixTake {
  /** Names the inputs and their pushes: another key needs another take. */
  readonly key: string
  /** Settles with the first frame: resolved when the session has taken it, rejected with an ApiError. */
  readonly live: Promise<void>
  /** Configurations that came before the first frame, by kind. */
  readonly head = new Map<string, Parameters<OnTag>>()
  #settle: { resolve: () => void; reject: (error: ApiError) => void } = { resolve: () => {}, reject: () => {} }
  #process: MixProcess | null = null
  #over = false
  readonly #timer: NodeJS.Timeout

  constructor(private readonly options: TakeOptions) {
    this.key = keyOf(options.pushes)
    this.live = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    // Whoever asked for the take awaits it; a second listener may come later or never.
    this.live.catch(() => undefined)
    this.#timer = setTimeout(() => {
      this.discard(`ffmpeg has given no picture within ${options.startMs} ms`)
    }, options.startMs)
    this.#run().catch((error: unknown) => this.#fail(error))
  }

  /** Settles when its process is gone, if it ever had one. */
  get gone(): Promise<void> {
    return this.#process?.gone ?? Promise.resolve()
  }

  /** The first frame is there, and shown. */
  accept(): void {
    clearTimeout(this.#timer)
    this.#settle.resolve()
  }

  /** Ends it, telling whoever waits for its first frame why. */
  discard(reason: string): void {
    this.#fail(new ApiError('FailedOperation.ProcessMixError', reason))
  }

  async #run(): Promise<void> {
    const { command, request, pushes, clock, onTag, onInputEnd, onExit } = this.options
    const found = await Promise.all(
      [...pushes].map(
        async ([name, { stream }]): Promise<[string, MixSource]> => [name, await tracksOf(stream, TRACK_WAIT_MS)],
      ),
    )
    if (this.#over) return
    const sources = new Map(found.filter(([, { audio, video }]) => audio || video))
    if (sources.size === 0) {
      throw new ApiError(
        'FailedOperation.GetStreamResolutionError',
        'the inputs send neither H.264 pictures nor AAC sound',
      )
    }
    const plannedAt = clock()
    this.#process = new MixProcess({
      command,
      request,
      pushes,
      clock,
      plannedAt,
      onInputEnd,
      plan: planMix(request, sources, (plannedAt + LEAD_MS) / 1000),
      onTag: (...tag) => onTag(this, ...tag),
      onExit: (complaint) => {
        if (this.#over) return
        this.discard(`ffmpeg ended${complaint === '' ? '' : `: ${complaint}`}`)
        onExit(this)
      },
    })
  }

  #fail(error: unknown): void {
    if (this.#over) return
    this.#over = true
    clearTimeout(this.#timer)
    this.#process?.kill()
    this.#settle.reject(
      error instanceof ApiError ? error : new ApiError('FailedOperation.ProcessMixError', String(error)),
    )
  }
}

export function keyOf(pushes: ReadonlyMap<string, Push>): string {
  return [...pushes]
    .map(([name, { sequence }]) => `${name} ${sequence}`)
    .sort()
    .join()
}
