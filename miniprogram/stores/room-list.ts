import { makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { RoomSummary } from '../protocol/room'
import type { RoomApi } from '../services/room-api/port'

/** More rooms than this are not scrolled through on a phone. */
const MAX_ROOMS = 500

/** The open rooms, page by page. What was seen before stays until something newer is known. */
export class RoomList {
  rooms: readonly RoomSummary[] = []
  /** Of the last refresh: `error` leaves `rooms` as they were. */
  state: 'loading' | 'ready' | 'empty' | 'error' = 'loading'
  /** A refresh or a further page is under way. */
  busy = false
  hasMore = false
  private cursor: string | null = null
  private refreshing: Promise<void> | null = null
  private paging: Promise<void> | null = null

  constructor(private readonly api: RoomApi) {
    makeObservable(this, {
      rooms: observable.ref,
      state: observable,
      busy: observable,
      hasMore: observable,
    })
  }

  /** From the first page. Never rejects; a second call joins the first. */
  refresh(): Promise<void> {
    this.refreshing ??= this.load(undefined).finally(() => {
      this.refreshing = null
      this.settle()
    })
    this.settle()
    return this.refreshing
  }

  /** The next page, if there is one. Never rejects. */
  async more(): Promise<void> {
    if (this.refreshing || this.cursor === null || this.rooms.length >= MAX_ROOMS) return
    this.paging ??= this.load(this.cursor).finally(() => {
      this.paging = null
      this.settle()
    })
    this.settle()
    return this.paging
  }

  private async load(cursor: string | undefined): Promise<void> {
    try {
      const page = await this.api.call('list', cursor === undefined ? {} : { cursor })
      // A page that was asked for before a refresh belongs to the list of then.
      if (cursor !== undefined && (this.refreshing || cursor !== this.cursor)) return
      const before = cursor === undefined ? [] : this.rooms
      const known = new Set(before.map(({ room }) => room.roomId))
      const fresh = page.rooms.filter(({ room }) => !known.has(room.roomId))
      this.show([...before, ...fresh], page.nextCursor)
    } catch {
      if (cursor === undefined) this.setState('error')
    }
  }

  private show(rooms: readonly RoomSummary[], cursor: string | null): void {
    this.cursor = cursor
    runInAction(() => {
      this.rooms = rooms
      this.hasMore = cursor !== null
    })
    this.setState(rooms.length > 0 ? 'ready' : 'empty')
  }

  private setState(state: RoomList['state']): void {
    runInAction(() => {
      this.state = state
    })
  }

  private settle(): void {
    runInAction(() => {
      this.busy = this.refreshing !== null || this.paging !== null
    })
  }
}
