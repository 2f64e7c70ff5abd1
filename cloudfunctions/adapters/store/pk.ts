import type { PkStore } from '../../core/pk/store'
import type { Collections } from './collections'

/** PKs on CloudBase's document database. */
export function createPkStore(_collections: Collections): PkStore {
  return {}
}
