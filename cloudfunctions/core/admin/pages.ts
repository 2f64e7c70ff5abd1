import { Refusal } from '../refusal'

/** One entry more than a page was asked for: is there another page, and where does it begin? */
export function pageOf<T>(found: T[], limit: number, placeOf: (last: T) => string) {
  const page = found.slice(0, limit)
  const last = page.at(-1)
  const more = found.length > limit && last !== undefined
  return { page, nextCursor: more ? Buffer.from(placeOf(last)).toString('base64url') : null }
}

/** The place that a cursor names, if it looks like one of this list. */
export function placeIn(cursor: string | undefined, pattern: RegExp): RegExpExecArray | null {
  if (cursor === undefined) return null
  const place = pattern.exec(Buffer.from(cursor, 'base64url').toString())
  if (place) return place
  const issues = [{ field: 'cursor', problem: 'is not a cursor of this list' }]
  throw new Refusal('bad-input', 'not a cursor of this list', { issues })
}
