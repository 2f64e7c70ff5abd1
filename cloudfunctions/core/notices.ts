import type { SystemMessage } from '../../miniprogram/protocol/messages'
import type { RoomDoc } from './documents'
import { ownScore } from './pk/side'
import type { Deps } from './ports'
import { countsOf, summaryOf, viewOf } from './view'

/** Counts of one room are announced at most this often. */
export const COUNTS_NOTICE_MS = 1000

/** Tells a room's chat group. Notices are hints: a chat service that fails is logged and fails nothing else. */
export function createNotices({ chat, store, now, log }: Pick<Deps, 'chat' | 'store' | 'now' | 'log'>) {
  const send = async (roomId: string, message: SystemMessage): Promise<void> => {
    try {
      await chat.notify(roomId, message)
    } catch (error) {
      log(`notice ${message.type} to ${roomId} was not sent`, error)
    }
  }
  const sendOwn = (room: RoomDoc): Promise<void> =>
    send(room._id, { type: 'counts', roomId: room._id, counts: countsOf(room) })
  /** During a PK: the rival's room learns this one's likes, by the same turns. */
  const score = async (room: RoomDoc): Promise<void> => {
    const [{ pk }, own] = [room, ownScore(room)]
    const rival = pk && own > 0 ? await store.setRivalScore(pk.rivalId, pk.pkId, own) : null
    if (rival) await sendOwn(rival)
  }
  const sendCounts = async (room: RoomDoc): Promise<void> => void (await Promise.all([sendOwn(room), score(room)]))
  /** In the old protocol's words: whoever pushes may be another by now. */
  const sendOld = async (roomId: string): Promise<void> => {
    try {
      await chat.pushersChanged(roomId)
    } catch (error) {
      log(`the old notice to ${roomId} was not sent`, error)
    }
  }
  return {
    /** The structure changed; a closed room's notice carries the closing figures. */
    async room(room: RoomDoc): Promise<void> {
      const message: SystemMessage = {
        type: 'room',
        room: viewOf(room, now()),
        ...(room.state === 'closed' ? { summary: summaryOf(room, now()) } : {}),
      }
      await Promise.all([send(room._id, message), room.legacy ? sendOld(room._id) : null])
    },
    /**
     * The counts changed: announced by whoever gets the turn; the sweeper announces the last change.
     * True when it was this call's turn.
     */
    counts: async (roomId: string): Promise<boolean> => {
      const room = await store.takeCountsNotice(roomId, now(), COUNTS_NOTICE_MS)
      if (room) await sendCounts(room)
      return room !== null
    },
    /** For whoever has the turn already. */
    sendCounts,
    score,
  }
}

export type Notices = ReturnType<typeof createNotices>
