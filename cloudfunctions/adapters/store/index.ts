import type { RoomStore } from '../../core/ports'
import { createAdminStore } from './admin'
import { createBaseStore } from './base'
import { type DatabaseOptions, openCollections } from './collections'
import { createEventStore } from './events'
import { createLinkStore } from './link'
import { createMixStore } from './mixing'
import { createOrderStore } from './order'
import { createPkStore } from './pk'
import { createRecordingStore } from './recording'
import { createRingStore } from './ring'
import { createRoomServiceStore } from './room-service'

/** The room store on CloudBase's document database, through the real SDK. */
export function createCloudbaseStore(env: string, options: DatabaseOptions = {}): RoomStore {
  const collections = openCollections(env, options)
  return {
    ...createBaseStore(collections),
    ...createEventStore(collections),
    ...createLinkStore(collections),
    ...createOrderStore(collections),
    ...createAdminStore(collections),
    ...createRecordingStore(collections),
    ...createMixStore(collections),
    ...createPkStore(collections),
    ...createRingStore(collections),
    ...createRoomServiceStore(collections),
  }
}
