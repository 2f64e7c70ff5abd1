import type { RecordingStore } from '../../core/recording/store'
import type { Collections } from './collections'

/** Recordings on CloudBase's document database. */
export function createRecordingStore(_collections: Collections): RecordingStore {
  return {}
}
