import { ApiError } from '../api-error'
import type { ForbidList } from '../forbid-list'
import type { StreamingConfig } from '../options'
import type { Push, StreamTable } from '../stream-table'
import { findFfmpeg, NO_FFMPEG } from './ffmpeg'
import type { MixRequest } from './request'
import { MixSession } from './session'

/** What a laptop can mix at once. */
const MAX_SESSIONS = 8

export interface MixerDeps {
  config: Pick<StreamingConfig, 'app' | 'ffmpeg' | 'mixStartMs' | 'idleMs'>
  table: StreamTable
  forbidden: ForbidList
}

/** All mixes by session. */
export class Mixer {
  readonly #sessions = new Map<string, MixSession>()
  /** Sessions that are over and may still have a process. */
  readonly #ending = new Set<Promise<void>>()

  constructor(private readonly deps: MixerDeps) {}

  /**
   * Begins a mix, or changes the layout of one; resolves when it can be seen.
   * @throws ApiError
   */
  async show(request: MixRequest): Promise<void> {
    if (findFfmpeg(this.deps.config.ffmpeg) === null) throw new ApiError('ResourceUnavailable.NoFfmpeg', NO_FFMPEG)
    const known = this.#sessions.get(request.session)
    if (known && known.output !== request.output) {
      throw new ApiError('InvalidParameter.SessionOutputStreamChanged', `this session makes ${known.output}`)
    }
    this.#requireInputs(request)
    const session = known ?? this.#begin(request)
    await session.show(request)
  }

  /** Ends a mix; false if there is none. */
  cancel(session: string): boolean {
    const known = this.#sessions.get(session)
    known?.end()
    return known !== undefined
  }

  /** Somebody pushes; a mix may have waited for it. */
  pushStarted({ name }: Push): void {
    for (const session of this.#sessions.values()) if (session.wants(name)) session.changed()
  }

  /** Ends all mixes; resolves when their processes are gone. */
  async close(): Promise<void> {
    for (const session of [...this.#sessions.values()]) session.end()
    await Promise.all(this.#ending)
  }

  #requireInputs({ layers }: MixRequest): void {
    const absent = layers.filter(({ kind, stream }) => kind !== 'canvas' && !this.deps.table.get(stream))
    if (absent.length > 0) {
      const names = absent.map(({ stream }) => stream).join(', ')
      throw new ApiError('FailedOperation.StreamNotExist', `not live: ${names}`)
    }
    if (layers.every(({ kind }) => kind === 'canvas')) {
      throw new ApiError('InvalidParameter.InvalidLayerParam', 'there is nothing to mix')
    }
  }

  #begin(request: MixRequest): MixSession {
    const { config, table, forbidden } = this.deps
    const taken = [...this.#sessions.values()].some(({ output }) => output === request.output)
    if (taken || table.get(request.output)) {
      throw new ApiError('InvalidParameter.InvalidOutputStreamID', `${request.output} is in use`)
    }
    if (this.#sessions.size >= MAX_SESSIONS) {
      throw new ApiError('LimitExceeded.MaximumRunningTask', `${MAX_SESSIONS} mixes at most run on this machine`)
    }
    const session = new MixSession(request, {
      table,
      app: config.app,
      isForbidden: (name) => forbidden.has(name),
      command: () => findFfmpeg(config.ffmpeg),
      startMs: config.mixStartMs,
      idleMs: config.idleMs,
      onEnd: () => {
        this.#sessions.delete(request.session)
        const gone = session.gone()
        this.#ending.add(gone)
        void gone.finally(() => this.#ending.delete(gone))
      },
    })
    this.#sessions.set(request.session, session)
    return session
  }
}
