/** How many wrappers around a person are looked into: a tap, an event, the event's own detail. */
const DEPTH = 3

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/**
 * The user id in what an older page hands over: the id itself, the person of an event, that event, or a tap whose
 * `data-userid` names him (M107). Empty when there is none.
 */
export function userIdOf(value: unknown, depth = DEPTH): string {
  if (typeof value === 'string') return value
  if (!isObject(value) || depth < 0) return ''
  const id = value.userID ?? value.userId ?? value.userid
  if (typeof id === 'string') return id
  for (const part of [value.currentTarget, value.target, value.dataset, value.detail]) {
    const found = isObject(part) ? userIdOf(part, depth - 1) : ''
    if (found) return found
  }
  return ''
}
