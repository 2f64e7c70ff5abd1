import type { RoomDoc } from '../documents'
import { ROOM_ID } from '../ids'
import { callerOf, isOfType, type Parts, type RoomType, type Terminal } from './parts'
import { OldRefusal } from './refusals'
import type { RoomExtrasDoc } from './store'

/** Ways to a room that all verbs share. */
export function createAccess({ actions, store }: Parts) {
  /** The room, open, or a refusal. An id that is none of ours names no room (M21). */
  const open = async (roomId: string): Promise<RoomDoc> => {
    const room = ROOM_ID.test(roomId) ? await store.room(roomId) : null
    if (!room) throw new OldRefusal('no-such-room')
    if (room.state === 'closed') throw new OldRefusal('room-over')
    return room
  }

  return {
    open,

    /** As `open`, if it is of this type. */
    async openOf(type: RoomType, roomId: string): Promise<RoomDoc> {
      const room = await open(roomId)
      const seats = Object.keys(room.seats).length
      if (!isOfType(type, { kind: room.kind, seats })) throw new OldRefusal('no-such-room')
      return room
    },

    extrasOf: async (roomId: string): Promise<RoomExtrasDoc | undefined> => (await store.extras([roomId]))[0],

    /** The open room of this person, whatever made it. */
    async ownRoom(terminal: Terminal): Promise<RoomDoc | null> {
      const { openRoom } = await actions.login(callerOf(terminal), {})
      const room = openRoom && (await store.room(openRoom.room.roomId))
      return room && room.state !== 'closed' ? room : null
    },

    /** The live room that this terminal watches from now on, or ''. */
    async watch(terminal: Terminal, roomId: string): Promise<void> {
      if (terminal.watching === roomId) return
      await store.watch(terminal.session, roomId)
    },
  }
}

export type Access = ReturnType<typeof createAccess>
