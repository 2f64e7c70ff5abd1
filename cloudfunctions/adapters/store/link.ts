import type { LinkStore } from '../../core/link/store'
import type { Collections } from './collections'

/** Seats, requests and invitations on CloudBase's document database. */
export function createLinkStore(_collections: Collections): LinkStore {
  return {}
}
