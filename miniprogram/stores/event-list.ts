import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RoomSummary } from '../protocol/room'
import type { RoomApi } from '../services/room-api/port'

/** As many as a front page shows: what is on, what comes next, what was last. */
const SHELVES = [
  { state: 'live', limit: 10 },
  { state: 'upcoming', limit: 10 },
  { state: 'ended', limit: 4 },
] as const

/** Official shows: those that are on, the next ones, and the last ones. */
export class EventList {
  events: readonly RoomSummary[] = []
  private refreshing: Promise<void> | null = null

  constructor(private readonly api: RoomApi) {
    makeObservable(this, { events: observable.ref })
  }

  /** Never rejects: what was known stays. A second call joins the first. */
  refresh(): Promise<void> {
    this.refreshing ??= this.load().finally(() => {
      this.refreshing = null
    })
    return this.refreshing
  }

  private async load(): Promise<void> {
    try {
      const pages = await Promise.all(SHELVES.map((shelf) => this.api.call('list', { kind: 'event', ...shelf })))
      // An event that moves from one shelf to the next meanwhile is on both.
      const found = new Map(pages.flatMap(({ rooms }) => rooms.map((row) => [row.room.roomId, row] as const)))
      runInAction(() => {
        this.events = [...found.values()]
      })
    } catch {
      // The live rooms say what is wrong with the network.
    }
  }
}
