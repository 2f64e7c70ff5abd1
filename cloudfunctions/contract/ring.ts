import * as v from 'valibot'
import { LIMITS } from '../../miniprogram/protocol/limits'
import type { RingActions } from '../../miniprogram/protocol/ring'
import type { Schemas } from './schemas'
import { cursor, flag, maybeText, pageSize, queueName, requestId, ringId, roomId, userId } from './text'

const to = v.pipe(
  v.union([v.object({ userId }), v.object({ queue: queueName })]),
  v.metadata({ limit: 'id of a user, or name of a queue' }),
)
const note = maybeText(LIMITS.ringNoteMax)
const ring = v.object({ ringId })

/** Whom a call rings up as it is opened. */
export const ringWish = v.pipe(
  v.object({ to, note: v.exactOptional(note) }),
  v.metadata({ limit: 'for calls; as `to` and `note` of `call.invite`' }),
)

export const ringInputs = {
  'call.invite': v.object({ roomId, to, requestId, note: v.exactOptional(note) }),
  'call.accept': v.object({ ringId, consent: v.exactOptional(flag) }),
  'call.refuse': v.object({ ringId, busy: v.exactOptional(flag) }),
  'call.cancel': ring,
  'call.status': v.object({
    ringIds: v.exactOptional(
      v.pipe(
        v.array(ringId),
        v.maxLength(LIMITS.ringsMax, `must have at most ${LIMITS.ringsMax} entries`),
        v.metadata({ limit: `at most ${LIMITS.ringsMax} ids of rings` }),
      ),
    ),
  }),
  'call.missed': v.object({
    seen: v.exactOptional(flag),
    cursor: v.exactOptional(cursor),
    limit: v.exactOptional(pageSize),
  }),
  'queue.ready': v.object({ queue: queueName, ready: flag }),
  'queue.list': v.object({}),
} satisfies Schemas<RingActions>
