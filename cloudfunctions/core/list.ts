import type { Input } from '../../miniprogram/protocol/actions'
import { LIMITS } from '../../miniprogram/protocol/limits'
import type { RoomKind, RoomState, RoomSummary } from '../../miniprogram/protocol/room'
import type { RoomDoc } from './documents'
import type { Deps } from './ports'
import { Refusal } from './refusal'
import { rowOf } from './view'

/** Where a room stands in the list: by its beginning, then by id, so that no two rooms share a place. */
export const listKeyOf = (since: number, roomId: string): string => `${String(since).padStart(15, '0')}-${roomId}`

const PLACE = {
  newest: /^\d{15}-r[0-9a-f]{24}$/,
  hottest: /^\d{9}-\d{15}-r[0-9a-f]{24}$/,
}

/** One page of one shelf of rooms, along one of its keys. */
export interface Shelf {
  kind: RoomKind
  listed: boolean
  /** Only rooms in one of these states. */
  states: RoomState[] | null
  by: 'listKey' | 'hotKey'
  way: 'asc' | 'desc'
  /** Past this place. */
  after: string | null
}

const ON: RoomState[] = ['live', 'interrupted']
type Wanted = Required<Pick<Input<'list'>, 'kind' | 'state' | 'order'>>

/** Where to look, or null where there is never anything: closed rooms are no more in the list, except events. */
function shelfOf({ kind, state, order }: Wanted, after: string | null): Shelf | null {
  const by = order === 'hottest' ? 'hotKey' : 'listKey'
  const open = { kind, listed: true, states: null, by, way: 'desc', after } as const
  if (state === 'open') return open
  if (kind === 'live') return state === 'live' ? open : null
  if (state === 'live') return { ...open, states: ON }
  if (kind === 'call') return null
  // What comes next is read first.
  if (state === 'upcoming') return { ...open, states: ['idle'], by: 'listKey', way: 'asc' }
  return { ...open, listed: false }
}

/**
 * Live rooms that have had a picture, open calls, and events before, during and after their show. The cursor names the
 * query and the place of the last row: rooms that come or go neither repeat nor hide another one. One database call.
 */
export function createList({ store, now }: Pick<Deps, 'store' | 'now'>) {
  return async ({ kind = 'live', state = 'open', order = 'newest', ...page }: Input<'list'>) => {
    const limit = page.limit ?? LIMITS.listPageDefault
    const wanted: Wanted = { kind, state, order }
    const shelf = shelfOf(wanted, page.cursor === undefined ? null : readCursor(page.cursor, wanted))
    const found = shelf ? await store.listed(shelf, limit + 1) : []
    const rooms: RoomSummary[] = found.slice(0, limit).map((room) => rowOf(room, now()))
    const last = found[limit - 1]
    const nextCursor = found.length > limit && shelf && last ? writeCursor(wanted, placeOf(shelf, last)) : null
    return { rooms, nextCursor }
  }
}

const placeOf = (shelf: Shelf, room: RoomDoc): string => room[shelf.by] ?? ''

const nameOf = ({ kind, state, order }: Wanted): string => `${kind}.${state}.${order}:`

const writeCursor = (wanted: Wanted, place: string): string => Buffer.from(nameOf(wanted) + place).toString('base64url')

function readCursor(cursor: string, wanted: Wanted): string {
  const text = Buffer.from(cursor, 'base64url').toString()
  const name = nameOf(wanted)
  const place = text.slice(name.length)
  if (!text.startsWith(name) || !Object.values(PLACE).some((pattern) => pattern.test(place))) {
    throw new Refusal('bad-input', 'not a cursor of this list', { issues: ['cursor'] })
  }
  return place
}
