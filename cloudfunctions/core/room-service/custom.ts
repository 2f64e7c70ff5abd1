import type { Access } from './access'
import { type Objects, roleOf } from './objects'
import type { Parts, Terminal } from './parts'
import { OldRefusal } from './refusals'

/** Custom fields of one room. */
const FIELDS_MAX = 32

export interface FieldChange {
  roomID: string
  fieldName: string
  operation: 'set' | 'inc' | 'dec'
  value: string | number | null
}

/**
 * A live room's custom fields. Who watches may count up and down (likes, votes); only who is on stage may set, so that
 * nobody from below overwrites what everybody reads.
 */
export function createCustom({ store, now }: Parts, access: Access, objects: Objects) {
  return {
    async change(terminal: Terminal, { roomID, fieldName, operation, value }: FieldChange) {
      if (operation === 'set' && value === null) throw new OldRefusal('no-value')
      const room = await access.openOf('live_room', roomID)
      const below = roleOf(room, terminal.userId).at === 'audience'
      if (below && (operation === 'set' || terminal.watching !== room._id)) throw new OldRefusal('not-allowed')
      const changed =
        operation === 'set'
          ? await store.setField(room._id, fieldName, value ?? '', FIELDS_MAX, now())
          : await store.addToField(room._id, fieldName, operation === 'inc' ? 1 : -1, FIELDS_MAX, now())
      if (!changed) throw new OldRefusal('too-many-fields')
      return objects.customOf(changed, terminal.second)
    },

    async read(terminal: Terminal, roomID: string) {
      const room = await access.openOf('live_room', roomID)
      return objects.customOf(await access.extrasOf(room._id), terminal.second)
    },
  }
}
