import type { Input } from '../../../miniprogram/protocol/actions'
import { LIMITS } from '../../../miniprogram/protocol/limits'
import { pageOf, placeIn } from '../admin/pages'
import type { Context } from '../context'
import type { Caller } from '../ports'
import { toQueue } from './documents'
import { MISSED_KEY, missedFrom } from './missed-key'
import type { Queues } from './queues'
import { missedCall } from './view'

/** Calls that a person, or one of his queues, has missed. What is no news is kept for each person by time. */
export function createMissed({ deps }: Context, queues: Queues) {
  const { store, now } = deps
  return {
    async 'call.missed'({ userId }: Caller, input: Input<'call.missed'>) {
      const { seen = false, cursor, limit = LIMITS.listPageDefault } = input
      const behind = placeIn(cursor, MISSED_KEY)?.[0] ?? null
      const [mine, phone] = await Promise.all([queues.queuesOf(userId), store.phone(userId)])
      const tos = [userId, ...mine.map(({ _id }) => toQueue(_id))]
      // The next moment: those of this one have been seen as well.
      const past = missedFrom((phone?.missedSeen ?? -1) + 1)
      const [found, unseen] = await Promise.all([
        store.missedBy(tos, behind, limit + 1),
        seen ? 0 : store.countMissed(tos, past),
        seen ? store.seeMissed(userId, now()) : null,
      ])
      const { page, nextCursor } = pageOf(found, limit, ({ missedKey = '' }) => missedKey)
      return { calls: page.map(missedCall), unseen, nextCursor }
    },
  }
}
