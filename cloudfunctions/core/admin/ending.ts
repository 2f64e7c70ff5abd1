import type { Context } from '../context'
import type { RoomDoc } from '../documents'

/** Ends rooms for operators, with all that follows. */
export function createEnding({ deps, notices, tidy, reactions }: Context) {
  const { store, now } = deps
  /** The room, closed by now; null: there is none, or it was closed already. */
  return async (roomId: string): Promise<RoomDoc | null> => {
    const room = await store.closeByOperator(roomId, now(), now() + tidy.afterCloseMs)
    if (!room) return null
    await Promise.all([
      room.stream === '' ? null : tidy.forbidNow(room.stream),
      store.releaseSlot(room.anchorId, roomId),
      notices.room(room),
      reactions.closed(room),
    ])
    return room
  }
}

export type EndRoom = ReturnType<typeof createEnding>
