import type { Input } from '../../../miniprogram/protocol/actions'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { Context } from '../context'
import { openRoom } from '../guards'
import { USER_ID } from '../ids'
import type { Caller } from '../ports'
import { Refusal } from '../refusal'
import { notBanned } from './banned'

/** What anybody in a room may read: who else is there, and what was said. */
export function createReaders({ deps }: Pick<Context, 'deps'>) {
  const { store } = deps
  const mayRead = ({ userId }: Caller, roomId: string) =>
    Promise.all([openRoom(deps, roomId), notBanned(deps, roomId, userId)])

  return {
    async members(caller: Caller, { roomId, cursor, limit = LIMITS.listPageDefault }: Input<'members'>) {
      const after = cursor === undefined ? '' : readCursor(cursor)
      const [found] = await Promise.all([store.present(roomId, after, limit + 1), mayRead(caller, roomId)])
      const page = found.slice(0, limit)
      const people = await store.people(page.map(({ userId }) => userId))
      const names = new Map(people.map(({ _id, name }) => [_id, name]))
      const last = page.at(-1)
      return {
        members: page.map(({ userId }) => ({ userId, name: names.get(userId) ?? '' })),
        nextCursor: found.length > limit && last ? Buffer.from(last.userId).toString('base64url') : null,
      }
    },

    async history(caller: Caller, { roomId }: { roomId: string }) {
      const [lines] = await Promise.all([store.lines(roomId), mayRead(caller, roomId)])
      return { lines: lines.map(({ userId, name, text, at }) => ({ userId, name, text, at })) }
    },
  }
}

/** The last member of the page before. */
function readCursor(cursor: string): string {
  const userId = Buffer.from(cursor, 'base64url').toString()
  if (!USER_ID.test(userId)) {
    throw new Refusal('bad-input', 'not a cursor of this list', {
      issues: [{ field: 'cursor', problem: 'is not a cursor of this list' }],
    })
  }
  return userId
}
