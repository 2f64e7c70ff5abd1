import * as v from 'valibot'
import { lengthOf } from '../../miniprogram/protocol/limits'

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
