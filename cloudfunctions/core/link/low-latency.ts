import type { StagePlay } from '../../../miniprogram/protocol/link'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import type { Caller } from '../ports'
import { anchorPlay } from './plays'

/**
 * The few viewers who see the anchor without delay, where a room offers that: for remote control, claw machines. The URL
 * could be used to push, so the places are counted like seats, and each URL opens for a short time only.
 */
export function createLowLatency({ deps }: Context) {
  const { store, config, now } = deps

  const renew = async ({ userId }: Caller, room: RoomDoc): Promise<StagePlay | null> => {
    if (!(userId in room.fast)) return null
    const after = await store.renewFast(room._id, userId, now() + config.viewerLeaseMs)
    return after && anchorPlay(config.live, after, now())
  }

  return {
    /** Takes one of the places, or keeps the person's own. Null: there is none, or no picture at the moment. */
    async enter(caller: Caller, room: RoomDoc): Promise<StagePlay | null> {
      const { userId } = caller
      if (room.fastMax === 0) return null
      if (userId in room.fast) return renew(caller, room)
      const after = await store.addFast(room, userId, now() + config.viewerLeaseMs)
      if (after) return anchorPlay(config.live, after, now())
      const found = await store.room(room._id) // full; or another device of his was faster
      return found && renew(caller, found)
    },

    /** For `sync`: a freshly signed URL for whoever has a place, and the place for another while. Null: he has none. */
    renew,

    /** Gives the place up. Safe to repeat. */
    async leave({ userId }: Caller, roomId: string): Promise<void> {
      await store.freeFast(roomId, userId)
    },
  }
}

export type LowLatency = ReturnType<typeof createLowLatency>
