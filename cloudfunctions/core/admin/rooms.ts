import type { AdminInput } from '../../../miniprogram/protocol/admin'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { Refusal } from '../refusal'
import { rowOf, viewOf } from '../view'
import type { EndRoom } from './ending'
import { pageOf, placeIn } from './pages'

const PLACE = /^(\d{1,15}):(r[0-9a-f]{24})$/

/** What operators see of rooms, and how they end them. */
export function createAdminRooms({ deps, tidy }: Context, endRoom: EndRoom) {
  const { store, streaming, now, log } = deps

  const existing = async (roomId: string): Promise<RoomDoc> => {
    const room = await store.room(roomId)
    if (!room) throw new Refusal('not-found', 'no such room')
    return room
  }
  const shown = (room: RoomDoc) => ({ room: viewOf(room, now()) })

  /** What the streaming cloud is told to do at once, or the operator learns that it was not done. */
  const told = async (work: Promise<void>): Promise<void> => {
    try {
      await work
    } catch (error) {
      log('the streaming cloud did not do what an operator wants', error)
      throw new Refusal('unavailable', 'the streaming cloud did not answer')
    }
  }

  return {
    async list({ state, cursor, limit = LIMITS.listPageDefault }: AdminInput<'list'>) {
      const place = placeIn(cursor, PLACE)
      const behind = place && { createdAt: Number(place[1]), roomId: place[2] ?? '' }
      const found = await store.allRooms(state ?? null, behind, limit + 1)
      const { page, nextCursor } = pageOf(found, limit, ({ createdAt, _id }) => `${createdAt}:${_id}`)
      return { rooms: page.map((room) => rowOf(room, now())), nextCursor }
    },

    async room({ roomId }: AdminInput<'room'>) {
      const [room, present] = await Promise.all([existing(roomId), store.countPresent(roomId)])
      return { room: { ...room }, present }
    },

    async cut({ roomId, seat }: AdminInput<'cut'>) {
      const room = await existing(roomId)
      const stream = (seat === undefined ? room : room.seats[seat])?.stream ?? ''
      if (stream === '') throw new Refusal('not-found', 'nothing is pushed there')
      await told(streaming.cut(stream))
      return { stream }
    },

    async forbid({ roomId, reason, until }: AdminInput<'forbid'>) {
      // First of all, so that nobody opens it again meanwhile.
      const marked = await store.setForbidden(roomId, { reason, until })
      if (!marked) throw new Refusal('not-found', 'no such room')
      const closed = await endRoom(roomId)
      if (!closed && marked.stream !== '') await tidy.forbidNow(marked.stream)
      return shown(closed ?? (await existing(roomId)))
    },

    async allow({ roomId }: AdminInput<'allow'>) {
      const room = await store.setForbidden(roomId, null)
      if (!room) throw new Refusal('not-found', 'no such room')
      // Of a closed room nobody may push: whoever opens it again is given another stream.
      if (room.state !== 'closed' && room.stream !== '') await told(streaming.allow(room.stream))
      return shown(room)
    },

    async close({ roomId }: AdminInput<'close'>) {
      return shown((await endRoom(roomId)) ?? (await existing(roomId)))
    },
  }
}
