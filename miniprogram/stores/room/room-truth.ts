import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RoomCounts, RoomView, ShowSummary } from '../../protocol/room'
import type { Clock } from '../../services/clock'

export const NO_COUNTS: RoomCounts = { viewers: 0, likes: 0, totalViewers: 0, peakViewers: 0, pk: null }

/** What is known about the room. The version decides what is news, whoever brought it and in whichever order. */
export class RoomTruth {
  room: RoomView | null = null
  counts: RoomCounts = NO_COUNTS
  summary: ShowSummary | null = null
  closesAt: number | null = null

  constructor(private readonly clock: Pick<Clock, 'now'>) {
    makeObservable(this, {
      room: observable.ref,
      counts: observable.struct,
      summary: observable.ref,
      closesAt: observable,
    })
  }

  /** A room of its own; nothing of the one before survives (M68). */
  open(room: RoomView, counts: RoomCounts): void {
    runInAction(() => {
      this.summary = null
      this.counts = counts
    })
    this.set(room)
  }

  forget(): void {
    runInAction(() => {
      this.room = null
      this.counts = NO_COUNTS
      this.summary = null
      this.closesAt = null
    })
  }

  /** `old`: known already. `gap`: it is newer by more than one, so something was missed on the way. */
  apply(room: RoomView): 'old' | 'new' | 'gap' {
    const known = this.room
    if (!known || room.roomId !== known.roomId || room.version <= known.version) return 'old'
    this.set(room)
    return room.version > known.version + 1 ? 'gap' : 'new'
  }

  setCounts(counts: RoomCounts): void {
    runInAction(() => {
      this.counts = { ...counts, likes: Math.max(counts.likes, this.counts.likes) }
    })
  }

  setSummary(summary: ShowSummary | null): void {
    if (!summary) return
    runInAction(() => {
      this.summary = summary
    })
  }

  private set(room: RoomView): void {
    runInAction(() => {
      this.room = room
      this.closesAt = room.closesInMs === null ? null : this.clock.now() + room.closesInMs
    })
  }
}
