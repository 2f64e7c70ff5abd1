import type { OrderStore } from '../../core/order/store'
import type { Collections } from './collections'

/** Sanctions, admins and the last lines of the chat on CloudBase's document database. */
export function createOrderStore(_collections: Collections): OrderStore {
  return {}
}
