import { LIMITS } from '../../miniprogram/protocol/limits'
import type { RoomSummary } from '../../miniprogram/protocol/room'
import type { Deps } from './ports'
import { Refusal } from './refusal'
import { rowOf } from './view'

/** Where a room stands in the list: by its first picture, then by id, so that no two rooms share a place. */
export const listKeyOf = (startedAt: number, roomId: string): string =>
  `${String(startedAt).padStart(15, '0')}-${roomId}`

const LIST_KEY = /^\d{15}-r[0-9a-f]{24}$/

/**
 * Open rooms that have had a picture, newest first. The cursor is the place of the last row: rooms that come or go
 * neither repeat nor hide another one.
 */
export function createList({ store, now }: Pick<Deps, 'store' | 'now'>) {
  return async (input: { cursor?: string; limit?: number }) => {
    const limit = input.limit ?? LIMITS.listPageDefault
    const found = await store.listed(input.cursor === undefined ? null : readCursor(input.cursor), limit + 1)
    const page = found.slice(0, limit)
    const last = page[page.length - 1]?.listKey
    const rooms: RoomSummary[] = page.map((room) => rowOf(room, now()))
    const nextCursor = found.length > limit && last ? Buffer.from(last).toString('base64url') : null
    return { rooms, nextCursor }
  }
}

function readCursor(cursor: string): string {
  const key = Buffer.from(cursor, 'base64url').toString()
  if (!LIST_KEY.test(key)) throw new Refusal('bad-input', 'not a cursor of this list', { issues: ['cursor'] })
  return key
}
