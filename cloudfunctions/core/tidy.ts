import type { RoomDoc } from './documents'
import type { Deps } from './ports'

/** The chat group outlives the show this long, so that everybody still hears that it ended. */
const AFTER_CLOSE_MS = 10_000
const RETRY_MS = 30_000

/**
 * Clears up behind a room, as often as it takes: streams nobody may push any more are forbidden; a closed room loses
 * its chat group, its members and its anchor's slot. Everything in here is safe to repeat.
 */
export function createTidy({ store, streaming, chat, config, now, log }: Deps) {
  const tidy = async (room: RoomDoc): Promise<boolean> => {
    const closed = room.state === 'closed'
    try {
      const own = closed && room.stream !== '' ? [room.stream] : []
      for (const stream of [...room.forbid, ...own]) await streaming.forbid(stream)
      if (closed) {
        await chat.destroyGroup(room._id)
        await store.removeMembers(room._id)
        await store.removeOrder(room._id)
        await store.releaseSlot(room.anchorId, room._id)
      }
      await store.tidied(room, 0)
      return true
    } catch (error) {
      log(`clearing up behind ${room._id} failed`, error)
      // Once every URL of the room has expired by itself there is nothing left worth forbidding.
      const over = closed && now() - room.closedAt > config.live.pushTtlS * 1000
      await store.tidied(room, over ? 0 : now() + RETRY_MS)
      return false
    }
  }
  const forbidNow = async (stream: string): Promise<void> => {
    try {
      await streaming.forbid(stream)
    } catch (error) {
      log(`stream ${stream} could not be forbidden yet`, error)
    }
  }
  return Object.assign(tidy, {
    afterCloseMs: AFTER_CLOSE_MS,
    /** At once and best effort; whoever calls has left a `tidyAt` behind. */
    forbidNow,
  })
}

export type Tidy = ReturnType<typeof createTidy>
