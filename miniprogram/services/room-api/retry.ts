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
 * second `resume` or `seat.take` only supersedes the answer that never came; likes would be counted twice. A ticket that
 * was accepted by the first try is `stale` to the second, so `link.accept` and `pk.accept` are answered for the same seat again.
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
  update: true,
  'link.request': true,
  'link.cancel': true,
  'link.list': true,
  'link.invite': true,
  'link.accept': true,
  'link.reject': true,
  'seat.take': true,
  'seat.push': true,
  'seat.beat': true,
  'seat.device': true,
  'seat.leave': true,
  'seat.kick': true,
  'seat.quiet': true,
  'seat.hand': true,
  'seat.lock': true,
  'order.mute': true,
  'order.muteAll': true,
  'order.ban': true,
  'order.remove': true,
  'order.admin': true,
  'order.list': true,
  members: true,
  history: true,
  record: true,
  recordings: true,
  'recording.delete': true,
  'pk.invite': true,
  'pk.accept': true,
  'pk.refuse': true,
  'pk.end': true,
  'pk.play': true,
  'call.invite': true,
  'call.accept': true,
  'call.refuse': true,
  'call.cancel': true,
  'call.status': true,
  'call.missed': true,
  'queue.ready': true,
  'queue.list': true,
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
