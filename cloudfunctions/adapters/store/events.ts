import type { RoomDoc } from '../../core/documents'
import type { EventStore } from '../../core/events/store'
import type { Collections } from './collections'

/** Events on CloudBase's document database. */
export function createEventStore({ _, rooms, change }: Collections): EventStore {
  return {
    reopenEvent: ({ _id, version, epoch }, { stream, leaseUntil }) =>
      change<RoomDoc>(
        rooms,
        { _id, kind: 'event', state: 'closed', version, epoch, tidyAt: 0 },
        {
          state: 'idle',
          reason: null,
          version: _.inc(1),
          epoch: _.inc(1),
          stream,
          sequence: '',
          streamAt: 0,
          startedAt: _.remove(),
          closedAt: 0,
          closesAt: 0,
          listed: true,
          leaseUntil,
          viewers: 0,
          headroom: 0,
          peakViewers: 0,
          unsettled: false,
          drift: 0,
        },
      ),
  }
}
