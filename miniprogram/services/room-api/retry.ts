import type { ActionName } from '../../protocol/actions'
import type { RoomApiError } from './port'

/** Further tries after a transient error. */
export const RETRIES = 2
/** The first wait; the second is twice as long. Each is shortened by chance by up to a half. */
export const RETRY_MS = 400
/** A server that asks for a longer wait is believed, and the caller told at once. */
export const PATIENCE_MS = 3_000

/**
 * Whether doing it twice is the same as doing it once, seen from the caller. `create` is, by its `requestId`; the
 * second `resume` only supersedes the answer that never came; likes would be counted twice.
 */
const IDEMPOTENT: Record<ActionName, boolean> = {
  login: true,
  profile: true,
  list: true,
  create: true,
  resume: true,
  push: true,
  beat: true,
  enter: true,
  sync: true,
  leave: true,
  like: false,
  close: true,
}

/** How long to wait before the next try (ms), or null when there should be none. `tries` counts those already made. */
export function waitBeforeRetry(
  action: ActionName,
  error: RoomApiError,
  tries: number,
  random: () => number,
): number | null {
  if (!IDEMPOTENT[action] || !error.transient || tries > RETRIES) return null
  const ours = RETRY_MS * 2 ** (tries - 1) * (1 - random() / 2)
  const theirs = error.details.retryInMs
  if (typeof theirs !== 'number') return ours
  return theirs > PATIENCE_MS ? null : Math.max(ours, theirs)
}
