import type { RoomDoc } from '../documents'

/** What events ask of the database besides rooms, each call one guarded change (see `RoomBase`). */
export interface EventStore {
  /** closed -> idle, as it was `seen` and cleared up: a new epoch, a new stream, and back among those that are to come. */
  reopenEvent(seen: RoomDoc, next: { stream: string; leaseUntil: number }): Promise<RoomDoc | null>
}
