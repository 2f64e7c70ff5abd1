import * as v from 'valibot'

/** Ids of rooms come as text where they are text, else as numbers. */
const id = v.pipe(v.union([v.string(), v.number()]), v.transform(String), v.maxLength(64))
const ms = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** Only the kind of the event; kinds that nobody here needs are acknowledged and forgotten. */
export const mediaKind = v.object({ EventType: v.pipe(v.number(), v.safeInteger()) })

/** Events of rooms and media: whom they are about, and when. Fields are added without notice, so others are dropped. */
export const mediaEvent = v.object({
  EventInfo: v.object({
    RoomId: id,
    UserId: v.pipe(v.string(), v.maxLength(64)),
    /** Unix seconds, for senders that do not say the milliseconds yet. */
    EventTs: ms,
    EventMsTs: v.exactOptional(ms),
  }),
})
