import * as v from 'valibot'

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
const count = v.pipe(v.union([v.number(), v.pipe(v.string(), v.digits(), v.transform(Number))]), v.safeInteger())

/** What every callback of the streaming cloud carries, whatever it tells. `t` is the expiry in unix seconds. */
export const signed = v.object({ sign: v.pipe(v.string(), v.maxLength(64)), t: count })

/** Only the kind of the event; kinds that nobody here needs are acknowledged and forgotten. */
export const kind = v.object({ event_type: count })

/** event_type 1 (push began) and 0 (push ended). `event_time` is in unix seconds. */
export const streamEvent = v.object({
  event_type: v.pipe(count, v.picklist([0, 1])),
  stream_id: v.pipe(text, v.regex(/^[A-Za-z0-9_-]+$/)),
  sequence: v.pipe(v.union([text, v.number()]), v.transform(String), v.regex(/^[A-Za-z0-9_-]+$/)),
  event_time: count,
})
