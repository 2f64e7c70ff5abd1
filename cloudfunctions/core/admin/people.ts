import type { AdminInput } from '../../../miniprogram/protocol/admin'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { createStage } from '../link/stage'
import type { EndRoom } from './ending'

/** More seats at a time than anybody holds. */
const SEATS = 50

/** People whom operators keep out. */
export function createAdminPeople(context: Context, endRoom: EndRoom) {
  const { store } = context.deps
  const stage = createStage(context)
  const end = async (roomId: string): Promise<RoomDoc | null> => (roomId === '' ? null : endRoom(roomId))
  return {
    async banUser({ userId }: AdminInput<'banUser'>) {
      // First of all, so that he opens and enters nothing while he is sent out.
      const { openRoom } = await store.setBanned(userId, true)
      const closed = [await end(openRoom)]
      const rooms = await store.onStageOf(userId, SEATS)
      await Promise.all(
        rooms.map(async (room) => {
          await stage.gone(room, userId)
          await stage.tell(userId, { type: 'order', roomId: room._id, what: 'banned' })
        }),
      )
      // A show that he was opening just then.
      const late = (await store.user(userId))?.openRoom ?? ''
      if (late !== openRoom) closed.push(await end(late))
      return { banned: true, closed: closed.flatMap((room) => room?._id ?? []) }
    },

    async unbanUser({ userId }: AdminInput<'unbanUser'>) {
      await store.setBanned(userId, false)
      return { banned: false }
    },
  }
}
