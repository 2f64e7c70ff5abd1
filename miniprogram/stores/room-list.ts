import type { RoomSummary } from '../protocol/room'
import type { RoomApi } from '../services/room-api/port'
import { PagedList } from './paged-list'

/** More rooms than this are not scrolled through on a phone. */
const MAX_ROOMS = 500

/** The open rooms, page by page. */
export class RoomList extends PagedList<RoomSummary> {
  constructor(api: RoomApi) {
    super({
      load: async (cursor) => {
        const { rooms, nextCursor } = await api.call('list', cursor === undefined ? {} : { cursor })
        return { items: rooms, nextCursor }
      },
      idOf: ({ room }) => room.roomId,
      max: MAX_ROOMS,
    })
  }

  get rooms(): readonly RoomSummary[] {
    return this.items
  }
}
