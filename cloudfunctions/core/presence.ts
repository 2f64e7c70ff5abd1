import type { Context } from './context'
import type { RoomDoc, SanctionDoc, UserDoc } from './documents'
import { roomClosed } from './guards'
import { COUNTS_NOTICE_MS } from './notices'
import { refuseBanned } from './order/banned'
import type { Caller } from './ports'
import { Refusal } from './refusal'

/** A room, and what is known about the person who has come into it. */
interface Entered {
  room: RoomDoc
  user: UserDoc | null
  sanction: SanctionDoc | null
}

/** Who is in a room: a set of members, so that no count can be driven twice. */
export function createPresence({ deps, notices }: Pick<Context, 'deps' | 'notices'>) {
  const { store, now } = deps

  /** Announced by whoever gets the turn; who can see that it is not his asks nobody. */
  const announce = async (counted: RoomDoc): Promise<void> => {
    if (counted.countsNoticedAt <= now() - COUNTS_NOTICE_MS) await notices.counts(counted._id)
  }

  /** A newcomer is counted, and in the same update it is settled whether he is the one to announce it. */
  const count = async (seen: RoomDoc, userId: string): Promise<RoomDoc> => {
    const roomId = seen._id
    const how = await store.join(roomId, userId, now())
    if (how === 'already') return seen
    const counted = await store.addViewer(seen, how === 'new', now(), COUNTS_NOTICE_MS)
    if (!counted) {
      await store.forgetMember(roomId, userId)
      throw roomClosed((await store.room(roomId)) ?? seen, now())
    }
    if (counted.turn) await notices.sendCounts(counted.room)
    return counted.room
  }

  return {
    announce,

    /**
     * He comes in, or is there already. One round of the database for who comes again, three for a newcomer; who is not
     * welcome leaves no trace. `mayEnter` refuses by throwing.
     */
    async enter({ userId }: Caller, roomId: string, mayEnter?: (room: RoomDoc) => void): Promise<Entered> {
      const [present, room, user, sanction] = await Promise.all([
        store.touch(roomId, userId, now()),
        store.room(roomId),
        store.user(userId),
        store.sanction(roomId, userId),
        // Before anybody comes: should nothing more be heard of this call, the sweeper looks at the counts.
        store.unsettle(roomId),
      ])
      if (!room) throw new Refusal('not-found', 'no such room')
      if (room.state === 'closed') throw roomClosed(room, now())
      refuseBanned(sanction, user)
      mayEnter?.(room)
      return { room: present ? room : await count(room, userId), user, sanction }
    },

    /** He goes. False: he was not in. */
    async leave(roomId: string, userId: string): Promise<boolean> {
      const [seen] = await Promise.all([store.room(roomId), store.unsettle(roomId)])
      const left = await store.leave(roomId, userId)
      if (!left) return false
      const due = seen && seen.countsNoticedAt <= now() - COUNTS_NOTICE_MS
      const counted = await store.dropViewer(roomId, due ? { now: now(), everyMs: COUNTS_NOTICE_MS } : undefined)
      if (counted?.turn) await notices.sendCounts(counted.room)
      return true
    },
  }
}
