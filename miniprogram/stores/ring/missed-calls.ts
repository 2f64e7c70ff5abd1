import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { MissedCall } from '../../protocol/ring'
import type { RoomApi } from '../../services/room-api/port'
import { PagedList } from '../paged-list'

const MAX_CALLS = 200

/** Calls that this person, or a queue of his, has missed, newest first. */
export class MissedCalls extends PagedList<MissedCall> {
  /** How many of them are news. */
  unseen = 0

  constructor(private readonly api: RoomApi) {
    super({
      load: async (cursor) => {
        const { calls, unseen, nextCursor } = await api.call('call.missed', cursor === undefined ? {} : { cursor })
        if (cursor === undefined) this.setUnseen(unseen)
        return { items: calls, nextCursor }
      },
      idOf: ({ ringId }) => ringId,
      max: MAX_CALLS,
    })
    makeObservable(this, { unseen: observable })
  }

  /** The user has looked at them: what there is up to now is no news. Never rejects. */
  async see(): Promise<void> {
    if (this.unseen === 0) return
    this.setUnseen(0)
    await this.api.call('call.missed', { seen: true, limit: 1 }).catch(() => undefined)
  }

  private setUnseen(unseen: number): void {
    runInAction(() => {
      this.unseen = unseen
    })
  }
}
