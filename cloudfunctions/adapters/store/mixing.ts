import type { RoomDoc } from '../../core/documents'
import { UNSURE } from '../../core/mixing/state'
import type { MixStore } from '../../core/mixing/store'
import type { Collections } from './collections'

/** What is mixed of a room, on CloudBase's document database, inside the room's document. */
export function createMixStore({ _, rooms, change, find }: Collections): MixStore {
  const changeRoom = (guard: object, data: object): Promise<RoomDoc | null> => change<RoomDoc>(rooms, guard, data)
  return {
    takeMix: (roomId, now, until) =>
      changeRoom({ _id: roomId, 'mixer.until': _.lte(now) }, { 'mixer.until': until, mixLayout: UNSURE, mixAt: until }),
    setMix: (seen, { mixer = {}, ...rest }, current) =>
      changeRoom(
        { _id: seen._id, 'mixer.until': seen.mixer.until, ...(current ? { version: seen.version } : {}) },
        {
          ...rest,
          ...Object.fromEntries(Object.entries(mixer).map(([name, value]) => [`mixer.${name}`, value])),
          // Everybody sees whether there is a mixed picture.
          ...(rest.mix === undefined || rest.mix === seen.mix ? {} : { version: _.inc(1) }),
        },
      ),
    async lookAtMix({ _id, mixAt, mixLayout, version }, at) {
      await changeRoom({ _id, mixAt, mixLayout, version }, { mixAt: at })
    },
    mixesDue: (now, limit) => find<RoomDoc>(rooms, { mixAt: _.lte(now) }, limit),
  }
}
