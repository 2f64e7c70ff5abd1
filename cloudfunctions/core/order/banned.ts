import type { SanctionDoc, UserDoc } from '../documents'
import type { Deps } from '../ports'
import { Refusal } from '../refusal'

/** Refuses somebody whom the anchor keeps out of this room, or an operator out of all. For callers that have read both. */
export function refuseBanned(sanction: SanctionDoc | null, user: UserDoc | null): void {
  if (user?.banned) throw new Refusal('banned', 'an operator has banned this person')
  if (sanction?.banned) throw new Refusal('banned', 'this person is banned from the room')
}

/** Refuses a person who may not be in this room: two reads at once. */
export async function notBanned({ store }: Pick<Deps, 'store'>, roomId: string, userId: string): Promise<void> {
  refuseBanned(...(await Promise.all([store.sanction(roomId, userId), store.user(userId)])))
}
