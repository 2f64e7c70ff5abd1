import type { Context } from '../context'
import type { SweepPart } from '../reactions'

const BATCH = 100
/** How often it is looked whether a room that has extras is still there. */
const LOOK_EVERY_MS = 3600_000
/** An account that nobody has logged in with for so long is forgotten. */
const ACCOUNT_MS = 30 * 24 * 3600_000

/** What the old protocol keeps goes with its room (M44), and with its login. */
export function createRoomServiceSweep({ deps }: Context): { sweep: SweepPart[] } {
  const { store, now } = deps
  const run = async (): Promise<number> => {
    await store.removeOldLogins(now(), now() - ACCOUNT_MS)
    const old = await store.oldExtras(now() - LOOK_EVERY_MS, BATCH)
    if (old.length === 0) return 0
    const rooms = await store.roomsById(old.map(({ _id }) => _id))
    const open = new Set(rooms.filter(({ state }) => state !== 'closed').map(({ _id }) => _id))
    for (const { _id } of old) await (open.has(_id) ? store.keepExtras(_id, now()) : store.removeExtras(_id))
    return old.filter(({ _id }) => !open.has(_id)).length
  }
  return { sweep: [{ name: 'room-service', run }] }
}
