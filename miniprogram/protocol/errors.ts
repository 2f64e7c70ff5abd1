/** Why the room service refused a call. Stable; clients switch on it and never read `message` to decide. */
export type ErrorCode =
  | 'bad-input' // the request does not have the documented shape; `details.issues` names the fields
  | 'unauthenticated' // no OPENID, or a missing, expired or forged token
  | 'forbidden' // the caller is known but may not do this
  | 'not-found' // no such room
  | 'room-closed' // the room has ended; `details.summary` holds the closing figures
  | 'already-live' // the caller has another open room; `details.roomId` names it
  | 'superseded' // the same anchor took the room over on another device
  | 'rate-limited' // too many calls; `details.retryInMs` says when to try again
  | 'full' // no free seat, or too many wait for one; `details.what` is 'seats', 'queue', 'low-latency', 'admins' or 'pk'
  | 'stale' // the request or invitation was answered, withdrawn or has expired; or the other side has changed
  | 'not-on-stage' // only somebody who holds a seat may do this
  | 'consent-needed' // this call is recorded: `enter` with `consent: true`, or stay away; `details.room` is the room
  | 'banned' // the caller may not be in this room, or not in any
  | 'text-refused' // the text does not pass the check; `details.field` names it
  | 'unavailable' // a service behind this one did not answer; worth a retry
  | 'internal' // a fault of ours; the log holds the cause under `requestId`

/** The one shape of a refusal, on every door. */
export interface ErrorBody {
  code: ErrorCode
  /** English, safe to show to a developer; users read the locale's text for `code`. */
  message: string
  requestId?: string
  details?: Record<string, unknown>
}

/**
 * What every door of the room service answers.
 * `serverNow` (ms since the epoch) lets the client keep the offset of its clock.
 */
export type Reply<T> = { result: T; serverNow: number } | { error: ErrorBody; serverNow: number }
