import type { Input } from '../../miniprogram/protocol/actions'
import type { Context } from './context'
import type { RoomDoc } from './documents'
import { limited, openRoom, roomClosed } from './guards'
import { viewerPlay } from './live-urls'
import { chatCredentials, userOf } from './people'
import type { Caller } from './ports'
import { Refusal } from './refusal'
import { countsOf, rowOf, viewOf } from './view'

const LIKE_EVERY_MS = 500

/** What a viewer may do: enter, sync, leave, like. Presence is a set of members, so no count can be driven twice. */
export function createAudience({ deps, notices }: Context) {
  const { store, config, now } = deps

  /** The viewer is in: the room with him counted. */
  const join = async (room: RoomDoc, userId: string): Promise<RoomDoc> => {
    const how = await store.join(room._id, userId, now())
    if (how === 'already') return room
    const counted = await store.addViewer(room._id, how === 'new')
    if (!counted) {
      await store.leave(room._id, userId)
      throw roomClosed((await store.room(room._id)) ?? room, now())
    }
    if (counted.viewers > counted.peakViewers) await store.raisePeak(room._id, counted.viewers)
    await notices.counts(room._id)
    return counted
  }

  return {
    async enter(caller: Caller, { roomId }: Input<'enter'>) {
      const found = await openRoom(deps, roomId)
      const [room, me] = await Promise.all([join(found, caller.userId), userOf(store, caller)])
      return {
        ...rowOf(room, now()),
        chat: chatCredentials(deps, caller.userId),
        me,
        settings: config.settings,
        play: viewerPlay(config.live, room, now()),
        seat: null,
      }
    },

    async sync(caller: Caller, input: { roomId: string; version: number }) {
      const found = await openRoom(deps, input.roomId)
      // A viewer whose lease ran out while he slept is still a viewer.
      const present = await store.touch(input.roomId, caller.userId, now())
      const room = present ? found : await join(found, caller.userId)
      return {
        room: room.version === input.version ? null : viewOf(room, now()),
        counts: countsOf(room),
        play: viewerPlay(config.live, room, now()),
      }
    },

    async leave(caller: Caller, { roomId }: { roomId: string }) {
      const left = await store.leave(roomId, caller.userId)
      if (left) {
        await store.dropViewer(roomId)
        await notices.counts(roomId)
      }
      return { left }
    },

    async like(caller: Caller, { roomId, count }: { roomId: string; count: number }) {
      await limited(deps, `like:${caller.userId}`, LIKE_EVERY_MS)
      const room = await store.addLikes(roomId, count)
      if (!room) {
        await openRoom(deps, roomId)
        throw new Refusal('unavailable', 'the room is changing')
      }
      await notices.counts(roomId)
      return { counts: countsOf(room) }
    },
  }
}
