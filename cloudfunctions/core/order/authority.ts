import type { Context } from '../context'
import type { RoomDoc } from '../documents'
import { roomInCharge } from '../guards'
import type { Caller } from '../ports'
import { Refusal } from '../refusal'

/**
 * The room, for a caller who may act against this person there: the anchor against everybody, an admin against whoever is
 * neither the anchor nor an admin, nobody against himself.
 */
export async function roomToActIn(
  deps: Context['deps'],
  caller: Caller,
  roomId: string,
  userId: string,
): Promise<RoomDoc> {
  const room = await roomInCharge(deps, caller, roomId)
  if (userId === caller.userId) throw new Refusal('forbidden', 'nobody can do this to himself')
  if (userId === room.anchorId) throw new Refusal('forbidden', 'nobody can do this to the anchor')
  if (caller.userId !== room.anchorId && room.admins.includes(userId)) {
    throw new Refusal('forbidden', 'only the anchor can do this to an admin')
  }
  return room
}
