import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { RoomDoc } from '../documents'
import type { Objects } from './objects'
import { callerOf, isOfType, type Parts, ROOM_TYPES, type RoomType, type Terminal } from './parts'
import { OldRefusal } from './refusals'
import type { RoomExtrasDoc } from './store'

/** Rooms in one answer, and how far into the list a terminal may skip (M54). */
const LIST_MAX = 50
const SKIP_MAX = 1000

/** The room list: of the same rooms as everybody's, newest first. */
export function createOldList({ actions, store }: Parts, objects: Objects) {
  /** The rooms of one page, without those that their creator has not opened yet. */
  const open = async (ids: string[], extras: Map<string, RoomExtrasDoc>): Promise<RoomDoc[]> => {
    const [rooms, found] = await Promise.all([store.roomsById(ids), store.extras(ids)])
    for (const one of found) extras.set(one._id, one)
    const byId = new Map(rooms.map((room) => [room._id, room]))
    return ids.flatMap((id) => {
      const room = byId.get(id)
      return room && room.state !== 'closed' && (!room.legacy || extras.get(id)?.opened) ? [room] : []
    })
  }

  /** `index` rooms are skipped, then there are at most `cnt`. */
  return async (terminal: Terminal, type: RoomType, { cnt, index }: { cnt: number; index: number }) => {
    if (cnt === 0) throw new OldRefusal('no-count')
    const from = Math.min(index, SKIP_MAX)
    const until = from + Math.min(cnt, LIST_MAX)
    const rooms: RoomDoc[] = []
    const extras = new Map<string, RoomExtrasDoc>()
    let cursor: string | null = null
    do {
      const page = await actions.list(callerOf(terminal), {
        kind: ROOM_TYPES[type].kind,
        limit: LIMITS.listPageMax,
        ...(cursor === null ? {} : { cursor }),
      })
      const ids = page.rooms
        .filter(({ room }) => isOfType(type, { kind: room.kind, seats: room.seats.length }))
        .map(({ room }) => room.roomId)
      rooms.push(...(await open(ids, extras)))
      cursor = page.nextCursor
    } while (cursor !== null && rooms.length < until)
    return { rooms: await objects.rows(rooms.slice(from, until), extras, terminal.second) }
  }
}
