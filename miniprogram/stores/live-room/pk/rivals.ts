import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RoomSummary } from '../../../protocol/room'
import type { RoomApi } from '../../../services/room-api/port'

/** More than this nobody chooses from. */
const OFFERED = 30

/** Other shows that are on and free for a PK, the most watched first. */
export class Rivals {
  shows: readonly RoomSummary[] = []
  state: 'none' | 'loading' | 'ready' | 'empty' | 'error' = 'none'
  /** The look that is under way; the answer to any other is dropped. */
  private look: object | null = null

  constructor(
    private readonly api: RoomApi,
    private readonly own: () => string,
  ) {
    makeObservable(this, { shows: observable.ref, state: observable })
  }

  /** Never rejects. What was seen before stays until the answer. */
  async refresh(): Promise<void> {
    const look = {}
    this.look = look
    if (this.shows.length === 0) this.set('loading')
    try {
      const { rooms } = await this.api.call('list', { state: 'live', order: 'hottest', limit: OFFERED })
      if (this.look !== look) return
      const free = rooms.filter(({ room }) => room.roomId !== this.own() && room.state === 'live' && !room.pk)
      this.set(free.length > 0 ? 'ready' : 'empty', free)
    } catch {
      if (this.look === look) this.set('error')
    }
  }

  clear(): void {
    this.look = null
    this.set('none', [])
  }

  private set(state: Rivals['state'], shows = this.shows): void {
    runInAction(() => {
      this.state = state
      this.shows = shows
    })
  }
}
