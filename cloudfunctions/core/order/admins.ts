import type { Input } from '../../../miniprogram/protocol/actions'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { limited, ownRoom, roomInCharge } from '../guards'
import type { Caller } from '../ports'
import { Refusal } from '../refusal'
import { viewOf } from '../view'
import { ACT_EVERY_MS } from './sanctions'

/** Who keeps order beside the anchor, and whether anybody else may write. */
export function createAdmins({ deps, notices }: Context) {
  const { store, now } = deps

  const shown = async (room: RoomDoc) => {
    await notices.room(room)
    return { room: viewOf(room, now()) }
  }

  const banned = () => new Refusal('banned', 'this person is banned from the room: lift that first')

  return {
    async admin(caller: Caller, { roomId, userId, on }: Input<'order.admin'>) {
      const [room, sanction] = await Promise.all([ownRoom(deps, caller, roomId), store.sanction(roomId, userId)])
      if (userId === caller.userId) throw new Refusal('forbidden', 'the anchor needs no office')
      if (on && sanction?.banned) throw banned()
      await limited(deps, `order:${caller.userId}`, ACT_EVERY_MS)
      if (!on) {
        const after = await store.dropAdmin(roomId, caller.userId, userId)
        return after ? shown(after) : { room: viewOf(room, now()) }
      }
      const after = await store.addAdmin(roomId, caller.userId, userId, LIMITS.adminsMax)
      if (!after) {
        const found = await ownRoom(deps, caller, roomId)
        if (found.admins.includes(userId)) return { room: viewOf(found, now()) }
        throw new Refusal('full', 'there are as many admins as a room may have', { what: 'admins' })
      }
      // Banned by an admin in the same moment: of the two, whoever writes second finds the other one.
      if ((await store.sanction(roomId, userId))?.banned) {
        await store.dropAdmin(roomId, caller.userId, userId)
        throw banned()
      }
      return shown(after)
    },

    /**
     * The chat service is told nothing: its switch would silence the anchor and his admins too. The im-callback door
     * knows who they are.
     */
    async muteAll(caller: Caller, { roomId, on }: Input<'order.muteAll'>) {
      await limited(deps, `order:${caller.userId}`, ACT_EVERY_MS)
      const after = await store.setMuteAll(roomId, caller.userId, on)
      return after ? shown(after) : { room: viewOf(await roomInCharge(deps, caller, roomId), now()) }
    },
  }
}
