import type { RoomStore } from '../ports'
import { userIdOfAccount } from './parts'
import type { RoomServiceStore } from './store'
import { nameFrom } from './texts'

/** Who is behind an account of the chat service that is not a public id: somebody who has logged in here, or nobody. */
export async function speakerOf(
  store: Pick<RoomServiceStore, 'accounts'>,
  secret: string,
  account: string,
): Promise<{ userId: string; name: string } | null> {
  const userId = userIdOfAccount(secret, account)
  const [known] = await store.accounts([userId])
  return known ? { userId, name: nameFrom(known.name) } : null
}

/** Who is on stage, or its creator, draws on the whiteboard of a room. */
export async function mayDraw(store: Pick<RoomStore, 'room'>, roomId: string, userId: string): Promise<boolean> {
  const room = await store.room(roomId)
  return room !== null && room.state !== 'closed' && (room.anchorId === userId || room.onStage.includes(userId))
}
