import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { Recording } from '../protocol/recording'
import type { RoomApi } from '../services/room-api/port'
import { PagedList } from './paged-list'

/** More recordings than this are not scrolled through on a phone. */
const MAX_RECORDINGS = 500

/** Everybody's recordings, newest first. */
export class RecordingList extends PagedList<Recording> {
  /** Recordings that are being deleted. */
  deleting: readonly string[] = []

  constructor(private readonly api: RoomApi) {
    super({
      load: async (cursor) => {
        const { recordings, nextCursor } = await api.call('recordings', cursor === undefined ? {} : { cursor })
        return { items: recordings, nextCursor }
      },
      idOf: ({ recordingId }) => recordingId,
      max: MAX_RECORDINGS,
    })
    makeObservable(this, { deleting: observable.ref })
  }

  /** One's own. A second tap does nothing. Rejects with RoomApiError. */
  async delete(recordingId: string): Promise<void> {
    if (this.deleting.includes(recordingId)) return
    this.setDeleting([...this.deleting, recordingId])
    try {
      await this.api.call('recording.delete', { recordingId })
      this.drop(recordingId)
    } finally {
      this.setDeleting(this.deleting.filter((id) => id !== recordingId))
    }
  }

  private setDeleting(deleting: readonly string[]): void {
    runInAction(() => {
      this.deleting = deleting
    })
  }
}
