import Flv from 'node-media-server/src/protocol/flv.js'
import { ApiError } from '../api-error'
import { toMessage } from '../message'
import { END, type EndCause, type Push, type StreamTable } from '../stream-table'
import type { MixRequest } from './request'
import { keyOf, MixTake } from './take'

const SCRIPT = 18
const VIDEO = 9
/** Inputs that come and go within so long cost one restart. */
const SETTLE_MS = 1000
/** Time of the mix begins here, so that pictures from before its beginning have a time too. */
const CLOCK_START_MS = 60_000
/** Between the last frame of one take and the first of the next. */
const SEAM_MS = 40
const MAX_EXITS = 3
const EXIT_WINDOW_MS = 60_000

export interface SessionDeps {
  table: StreamTable
  app: string
  isForbidden: (name: string) => boolean
  /** Path of ffmpeg, or null if there is none any more. */
  command: () => string | null
  startMs: number
  idleMs: number
  onEnd: (session: MixSession) => void
}

/**
 * One mix: a layout of inputs, shown as one push under the output's name. Each change of layout or of the live inputs is
 * a new ffmpeg, which replaces the old one at its first key frame inside the same push: viewers stay connected and see a
 * cut. The session ends when it is cancelled, its output is dropped or forbidden, or no input is left.
 */
export class MixSession {
  readonly output: string
  #request: MixRequest
  #push: Push | null = null
  #current: MixTake | null = null
  #next: MixTake | null = null
  /** Every take whose process may still be there. */
  readonly #takes = new Set<MixTake>()
  /** Configurations that viewers have, by kind. */
  readonly #shown = new Map<string, Buffer>()
  /** From the time of the current take to that of the push, ms. */
  #shift = 0
  #last = 0
  #settling: NodeJS.Timeout | null = null
  #idle: NodeJS.Timeout | null = null
  #exits: number[] = []
  #over = false
  readonly #startedAt = performance.now()

  constructor(
    request: MixRequest,
    private readonly deps: SessionDeps,
  ) {
    this.#request = request
    this.output = request.output
  }

  /** Shows a layout; resolves when viewers see it. If it fails, what was shown before goes on. */
  async show(request: MixRequest): Promise<void> {
    const { command, pushes } = { command: this.deps.command(), pushes: this.#inputs(request) }
    if (command === null) throw new ApiError('FailedOperation.ProcessMixError', 'ffmpeg is gone')
    this.#request = request
    this.#next?.discard('replaced by a newer layout of this session')
    const take = new MixTake({
      command,
      request,
      pushes,
      clock: () => performance.now() - this.#startedAt + CLOCK_START_MS,
      startMs: this.deps.startMs,
      onTag: (from, ...tag) => this.#tag(from, ...tag),
      onInputEnd: () => this.changed(),
      onExit: (from) => this.#exited(from),
    })
    this.#next = take
    this.#takes.add(take)
    try {
      await take.live
    } catch (error) {
      if (this.#next === take) this.#next = null
      this.#forget(take)
      if (!this.#current && !this.#next) this.end()
      throw error
    }
  }

  /** An input has come or gone, or may have: looks again in a moment. */
  changed(): void {
    if (this.#over || this.#settling) return
    this.#settling = setTimeout(() => {
      this.#settling = null
      this.#follow()
    }, SETTLE_MS)
  }

  /** Whether the layout wants this stream. */
  wants(stream: string): boolean {
    return this.#request.layers.some((layer) => layer.kind !== 'canvas' && layer.stream === stream)
  }

  /** Ends the mix. */
  end(cause: EndCause = END.client): void {
    if (this.#over) return
    this.#over = true
    if (this.#settling) clearTimeout(this.#settling)
    if (this.#idle) clearTimeout(this.#idle)
    for (const take of this.#takes) take.discard('the mix has been ended')
    if (this.#push) this.deps.table.unpublish(this.#push, cause)
    this.deps.onEnd(this)
  }

  /** Settles when no process is left. */
  async gone(): Promise<void> {
    await Promise.all([...this.#takes].map(({ gone }) => gone))
  }

  /** The live pushes that a layout shows. */
  #inputs(request: MixRequest): Map<string, Push> {
    const pushes = new Map<string, Push>()
    for (const { kind, stream } of request.layers) {
      const push = kind === 'canvas' ? undefined : this.deps.table.get(stream)
      if (push) pushes.set(stream, push)
    }
    return pushes
  }

  #follow(): void {
    const inputs = this.#inputs(this.#request)
    if (inputs.size === 0) {
      this.end()
      return
    }
    const newest = this.#next ?? this.#current
    if (newest?.key === keyOf(inputs)) return
    this.show(this.#request).catch((error: unknown) => {
      if (!this.#over) console.warn(`the mix ${this.output} stays as it is: ${String(error)}`)
    })
  }

  #exited(take: MixTake): void {
    this.#forget(take)
    if (this.#current !== take) return
    this.#current = null
    const now = performance.now()
    this.#exits = [...this.#exits.filter((at) => now - at < EXIT_WINDOW_MS), now]
    if (this.#next) return
    if (this.#exits.length > MAX_EXITS) this.end()
    else if (this.#inputs(this.#request).size === 0) this.end()
    else this.show(this.#request).catch(() => this.end())
  }

  #forget(take: MixTake): void {
    void take.gone.then(() => this.#takes.delete(take))
  }

  #tag(take: MixTake, type: number, time: number, data: Buffer): void {
    if (this.#over) return
    const kind = configKind(type, data)
    if (take === this.#current) this.#emit(kind, type, time, data)
    else if (take === this.#next) {
      // The buffer of the demuxer is used again.
      if (kind) take.head.set(kind, [type, time, Buffer.from(data)])
      else if (type === VIDEO && (data[0] ?? 0) >> 4 === 1) this.#cut(take, time, data)
    }
  }

  /** Goes over to a take with its first key frame. */
  #cut(take: MixTake, time: number, data: Buffer): void {
    if (!this.#publish(take)) return
    const before = this.#current
    this.#current = take
    this.#next = null
    this.#shift = (this.#last > 0 ? this.#last + SEAM_MS : 0) - time
    for (const [kind, [type, , config]] of take.head) this.#emit(kind, type, time, config)
    this.#emit(null, VIDEO, time, data)
    before?.discard('replaced')
    if (before) this.#forget(before)
    take.accept()
  }

  /** Opens the push of the output, unless it is open. */
  #publish(take: MixTake): boolean {
    if (this.#push) return true
    const { table, app, isForbidden } = this.deps
    const name = this.output
    const close = (): void => this.end()
    const result = isForbidden(name) ? 'forbidden' : table.publish({ app, name, query: '', ip: '127.0.0.1', close })
    if (typeof result !== 'string') {
      this.#push = result
      return true
    }
    take.discard(result === 'busy' ? `${name} is being pushed by somebody else` : `${name} is forbidden`)
    return false
  }

  #emit(kind: string | null, type: number, time: number, data: Buffer): void {
    if (!this.#push) return
    if (kind) {
      // Players need not begin anew for what they have.
      if (this.#shown.get(kind)?.equals(data)) return
      this.#shown.set(kind, Buffer.from(data))
    }
    // Sound may begin a little before the picture.
    this.#last = Math.max(this.#last, Math.round(time + this.#shift))
    this.deps.table.push(this.#push, toMessage(Flv.parserTag(type, this.#last, data.length, data)))
    this.#watch()
  }

  /** Ends a mix that stands still, as any push that sends nothing any more. */
  #watch(): void {
    if (this.#idle) this.#idle.refresh()
    else this.#idle = setTimeout(() => this.end(END.idle), this.deps.idleMs)
  }
}

/** Which configuration a tag holds, or null for a frame. */
function configKind(type: number, data: Buffer): string | null {
  if (type === SCRIPT) return 'meta'
  return data[1] === 0 ? `config ${type}` : null
}
