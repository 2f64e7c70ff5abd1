import type { Input } from '../../miniprogram/protocol/actions'
import type { Context } from './context'
import { ownCover } from './covers'
import { limited, roomInCharge } from './guards'
import type { Caller } from './ports'
import { checkText } from './text'
import { viewOf } from './view'

const UPDATE_EVERY_MS = 1000

/** The anchor or an admin changes what the list and the page show. */
export function createEdit({ deps, notices }: Pick<Context, 'deps' | 'notices'>) {
  const { store, config, now } = deps
  return async (caller: Caller, { roomId, ...change }: Input<'update'>) => {
    const { title, notice, tags, coverFile } = change
    const [found] = await Promise.all([
      roomInCharge(deps, caller, roomId),
      limited(deps, `update:${caller.userId}`, UPDATE_EVERY_MS),
    ])
    // What stays as it is may be another's: an admin keeps the anchor's picture.
    if (coverFile !== undefined && coverFile !== found.coverFile) ownCover(config, caller, coverFile)
    if (Object.keys(change).length === 0) return { room: viewOf(found, now()) }
    await checkText(deps, caller, { title, notice, tags: tags?.join(' ') })
    const room = await store.editRoom(roomId, caller.userId, change)
    if (!room) return { room: viewOf(await roomInCharge(deps, caller, roomId), now()) }
    await notices.room(room)
    return { room: viewOf(room, now()) }
  }
}
