import * as v from 'valibot'
import { COVERS, LIMITS, lengthOf } from '../../miniprogram/protocol/limits'
import { QUEUE_NAME } from '../../miniprogram/protocol/ring'

const CONTROL = /\p{Cc}|\p{Surrogate}/u
const VISIBLE = /[^\p{C}\p{Z}]/u

/**
 * Text that a person typed: trimmed, 1 to `max` code points, something to see in it, no control characters and no
 * broken emoji. Markup is text like any other; whoever draws it escapes it.
 */
export const personText = (max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.check((text) => VISIBLE.test(text), 'must not be empty'),
    v.check((text) => lengthOf(text) <= max, `must have at most ${max} characters`),
    v.check((text) => !CONTROL.test(text), 'must not contain control characters'),
    v.metadata({ limit: `text, 1 to ${max} code points after trimming, no control characters` }),
  )

export const roomId = v.pipe(
  v.string(),
  v.regex(/^r[0-9a-f]{24}$/, 'is not a room id'),
  v.metadata({ limit: 'id of a room' }),
)

export const requestId = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9_.:-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 _ . : -'),
  v.metadata({ limit: '1 to 64 characters of `A-Z a-z 0-9 _ . : -`, new for every show' }),
)

/** A whole number between both limits. */
export const whole = (min: number, max: number) =>
  v.pipe(
    v.number(),
    v.integer('must be a whole number'),
    v.minValue(min, `must be at least ${min}`),
    v.maxValue(max, `must be at most ${max}`),
    v.metadata({
      limit: max === Number.MAX_SAFE_INTEGER ? `whole number from ${min}` : `whole number, ${min} to ${max}`,
    }),
  )

export const epoch = whole(1, Number.MAX_SAFE_INTEGER)
export const version = whole(0, Number.MAX_SAFE_INTEGER)
/** Server time, ms. */
export const time = whole(0, Number.MAX_SAFE_INTEGER)
export const seat = whole(1, LIMITS.liveSeatsMax)
export const pageSize = whole(1, LIMITS.listPageMax)
export const flag = v.pipe(v.boolean(), v.metadata({ limit: '`true` or `false`' }))

export const cover = v.pipe(v.picklist(COVERS), v.metadata({ limit: `one of ${COVERS.join(', ')}` }))

export const cursor = v.pipe(v.string(), v.maxLength(128), v.metadata({ limit: '`nextCursor` of the page before' }))

/** As `personText`, or nothing at all. */
export const maybeText = (max: number) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.check((text) => lengthOf(text) <= max, `must have at most ${max} characters`),
    v.check((text) => !CONTROL.test(text), 'must not contain control characters'),
    v.metadata({ limit: `text, at most ${max} code points after trimming, no control characters` }),
  )

const id = (what: string, pattern: RegExp) =>
  v.pipe(v.string(), v.regex(pattern, `is not ${what}`), v.metadata({ limit: what }))

export const userId = id('the public id of a user', /^u[A-Za-z0-9_-]{22}$/)
export const linkId = id('the id of a request or an invitation', /^l[0-9a-f]{24}$/)
export const pkId = id('the id of a PK', /^p[0-9a-f]{24}$/)
export const ringId = id('the id of a ring', /^g[0-9a-f]{24}$/)
export const queueName = v.pipe(
  v.string(),
  v.regex(QUEUE_NAME, 'must be 1 to 32 of a-z 0-9 -'),
  v.metadata({ limit: '1 to 32 characters of `a-z 0-9 -`' }),
)
export const recordingId = id('the id of a recording', /^[A-Za-z0-9_.-]{1,128}$/)

/** A picture that the caller has uploaded, or '' for none. Core checks whose it is. */
export const coverFile = v.pipe(
  v.string(),
  v.regex(/^$|^cloud:\/\/[A-Za-z0-9._-]{1,128}\/[A-Za-z0-9._/-]{1,256}$/, 'is not a file id'),
  v.metadata({ limit: 'file id of the cloud storage, or empty' }),
)

export const tags = v.pipe(
  v.array(personText(LIMITS.tagMax)),
  v.maxLength(LIMITS.tagsMax, `must have at most ${LIMITS.tagsMax} entries`),
  v.metadata({ limit: `at most ${LIMITS.tagsMax} texts of 1 to ${LIMITS.tagMax} code points` }),
)
