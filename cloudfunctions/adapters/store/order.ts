import type { SanctionDoc } from '../../core/documents'
import type { OrderStore } from '../../core/order/store'
import type { Collections } from './collections'

/** Sanctions, admins and the last lines of the chat on CloudBase's document database. */
export function createOrderStore({ sanctions, one }: Collections): OrderStore {
  const sanctionId = (roomId: string, userId: string): string => `${roomId}_${userId}`
  return {
    sanction: (roomId, userId) => one<SanctionDoc>(sanctions, sanctionId(roomId, userId)),
  }
}
