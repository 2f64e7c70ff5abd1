import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { Recording } from '../../protocol/recording'
import type { RoomView } from '../../protocol/room'
import type { RoomApi } from '../../services/room-api/port'
import type { Attended, RoomPart } from '../room/part'
import type { RoomTruth } from '../room/room-truth'
import type { Admission } from '../room/side'
import type { Scope } from '../scope'

/** Files come a while after the end; for so long (ms) it is worth asking again. */
const PREPARED_WITHIN_MS = 1_800_000
/** The first wait between two questions, and the longest one (ms). */
const ASK_AGAIN_MS = 10_000
const ASK_AGAIN_MAX_MS = 120_000
/** Files of one show: it is cut at every interruption, and after some hours. */
const MAX_PARTS = 50

export interface ReplaysDeps {
  scope: Scope
  api: RoomApi
  truth: RoomTruth
  /** The server's clock (ms). */
  serverNow(): number
}

/** What was recorded of the show that is over. */
export class Replays implements RoomPart {
  /** In the order of the show. */
  parts: readonly Recording[] = []
  /** `preparing`: nothing yet, and the show has just ended. `none`: there is no recording. */
  state: 'unasked' | 'loading' | 'ready' | 'preparing' | 'none' | 'error' = 'unasked'
  private asking = false
  /** Whoever was there knows whether the show was recorded; who comes after it does not. */
  private seen: { recorded: boolean } | null = null
  private cancel = () => {}

  constructor(private readonly deps: ReplaysDeps) {
    makeObservable(this, { parts: observable.ref, state: observable })
  }

  entered(_attended: Attended, { room }: Admission): void {
    this.seen = { recorded: room.recording }
  }
  changed(room: RoomView): void {
    if (this.seen && room.recording) this.seen.recorded = true
  }

  /** Once the room is over, by whoever shows it. A second call joins the first. Never rejects. */
  async load(): Promise<void> {
    const { scope, api, truth } = this.deps
    const roomId = truth.room?.roomId
    if (!roomId || this.asking || scope.ended) return
    this.asking = true
    this.cancel()
    if (this.state !== 'preparing') this.set('loading')
    try {
      const { recordings } = await scope.guard(api.call('recordings', { roomId, limit: MAX_PARTS }))
      const parts = [...recordings].sort((a, b) => a.startedAt - b.startedAt)
      this.set(parts.length > 0 ? 'ready' : this.fresh() ? 'preparing' : 'none', parts)
    } catch {
      this.set('error')
    }
    this.asking = false
    if (this.state === 'preparing') this.again()
  }

  private waits = 0
  private again(): void {
    const wait = Math.min(ASK_AGAIN_MS * 2 ** this.waits++, ASK_AGAIN_MAX_MS)
    this.cancel = this.deps.scope.after(wait, () => void this.load())
  }

  private fresh(): boolean {
    const { room, summary } = this.deps.truth
    if (!room || room.startedAt === null || !summary || this.seen?.recorded === false) return false
    return this.deps.serverNow() - (room.startedAt + summary.durationMs) < PREPARED_WITHIN_MS
  }

  private set(state: Replays['state'], parts: readonly Recording[] = this.parts): void {
    runInAction(() => {
      this.state = state
      this.parts = parts
    })
  }
}
