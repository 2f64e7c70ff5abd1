import * as v from 'valibot'

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(256))
const digits = v.pipe(v.string(), v.digits(), v.transform(Number))
const count = v.pipe(v.union([v.number(), digits]), v.safeInteger())
/** Ids come as text; some pages of the vendor show numbers. */
const id = v.pipe(v.union([text, v.number()]), v.transform(String), v.regex(/^[A-Za-z0-9_.-]{1,128}$/))
const stream_id = v.pipe(text, v.regex(/^[A-Za-z0-9_-]+$/))

/** What every callback of the streaming cloud carries, whatever it tells. `t` is the expiry in unix seconds. */
export const signed = v.object({ sign: v.pipe(v.string(), v.maxLength(64)), t: count })

/** Only the kind of the event; kinds that nobody here needs are acknowledged and forgotten. */
export const kind = v.object({ event_type: count })

/** event_type 1 (push began) and 0 (push ended). `event_time` is in unix seconds. */
export const streamEvent = v.object({
  event_type: v.pipe(count, v.picklist([0, 1])),
  stream_id,
  sequence: v.pipe(v.union([text, v.number()]), v.transform(String), v.regex(/^[A-Za-z0-9_-]+$/)),
  event_time: count,
})

const since = v.pipe(count, v.minValue(0))

/** event_type 100: a file of a recording is there. Times in unix seconds, `duration` in seconds, `file_size` in bytes. */
export const recordFile = v.object({
  stream_id,
  file_id: id,
  record_file_id: v.nullish(v.union([id, v.literal('')])),
  task_id: v.nullish(v.union([id, v.literal('')])),
  end_time: since,
  duration: v.pipe(v.union([v.number(), digits]), v.finite(), v.minValue(0), v.maxValue(7 * 86_400)),
  file_size: since,
  video_url: v.pipe(v.string(), v.maxLength(2048), v.url(), v.regex(/^https?:/i)),
})

/** event_type 332: how a recording goes. Recordings that no task of ours asked for have no `task_id`. */
export const recordStatus = v.object({
  stream_id,
  task_id: v.nullish(v.union([id, v.literal('')])),
  record_event: v.nullish(text),
  /** As one page of the vendor spells it. */
  recordevent: v.nullish(text),
})
