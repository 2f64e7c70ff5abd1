import type { PkDoc, RoomDoc } from '../../../cloudfunctions/core/documents'
import type { Caller } from '../../../cloudfunctions/core/ports'
import { anna, bob, liveRoom, person, type World } from './world'

export const carol = person('openid-carol')
export const viewer = person('openid-viewer')

/** Opens a show of this person, and pushes to it. */
export const show = async (world: World, caller: Caller): Promise<string> =>
  (await liveRoom(world, caller, caller.userId)).roomId

/** What people do about a PK, in the world of the moment. */
export function pkCalls(current: () => World) {
  const act = () => current().actions
  const pks = () => current().docs('pks') as PkDoc[]
  const rooms = () => current().docs('rooms') as RoomDoc[]
  return {
    invite: (from: string, to: string, caller = anna, durationS = 60) =>
      act()['pk.invite'](caller, { roomId: from, rivalRoomId: to, durationS }),
    accept: (roomId: string, pkId: string, caller = bob) => act()['pk.accept'](caller, { roomId, pkId }),
    refuse: (roomId: string, pkId: string, caller = bob) => act()['pk.refuse'](caller, { roomId, pkId }),
    end: (roomId: string, pkId: string, caller = bob) => act()['pk.end'](caller, { roomId, pkId }),
    like: (roomId: string, count: number, caller = viewer) => act().like(caller, { roomId, count }),
    pass: (ms = 3000) => {
      current().clock.now += ms
    },
    pks,
    rooms,
    /** These rooms have no PK. */
    free: async (...ids: string[]) => {
      for (const id of ids) expect((await current().room(id)).pk).toBeNull()
    },
    /** What every room says about its PK is what the PK says, on both sides. */
    consistent: () => {
      for (const room of rooms()) {
        if (!room.pk) continue
        const truth = pks().find(({ _id }) => _id === room.pk?.pkId)
        const side = truth?.roomId === room._id ? 'invited' : 'asked'
        expect(room.pk.state).toBe(truth?.state === 'on' ? 'on' : side)
        expect(truth?.state).not.toBe('over')
        expect(room.pk.endsAt).toBe(truth?.endsAt)
        expect(room.state).not.toBe('closed')
      }
      for (const pk of pks()) {
        expect(pk.state === 'over' || pk.endsAt > current().clock.now).toBe(true)
        if (pk.state !== 'on') continue
        const [one, other] = [pk.roomId, pk.rivalId].map((id) => rooms().find(({ _id }) => _id === id))
        for (const [room, rival] of [
          [one, other],
          [other, one],
        ]) {
          expect(room?.pk).toMatchObject({ pkId: pk._id, rivalId: rival?._id })
          expect(room?.pk?.rivalStream).toBe(rival?.state === 'live' ? rival.stream : '')
          expect(room?.pk?.rivalScore).toBe((rival?.likes ?? 0) - (rival?.pk?.likesBefore ?? 0))
        }
      }
    },
  }
}
