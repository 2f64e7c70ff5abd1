import type { ActionName } from '../../miniprogram/protocol/actions'
import type { ErrorCode } from '../../miniprogram/protocol/errors'

/** Refusals of every action on every door. */
export const ALWAYS: readonly ErrorCode[] = ['bad-input', 'unauthenticated', 'internal']

/** What else an action may refuse with. */
export const REFUSALS: Record<ActionName, readonly ErrorCode[]> = {
  login: [],
  profile: [],
  list: [],
  create: ['already-live', 'room-closed', 'rate-limited', 'unavailable'],
  resume: ['not-found', 'forbidden', 'room-closed'],
  push: ['not-found', 'forbidden', 'room-closed', 'superseded', 'rate-limited'],
  beat: ['not-found', 'forbidden', 'room-closed', 'superseded'],
  enter: ['not-found', 'room-closed'],
  sync: ['not-found', 'room-closed'],
  leave: [],
  like: ['not-found', 'room-closed', 'rate-limited', 'unavailable'],
  close: ['not-found', 'forbidden'],
}

/** HTTP status of each refusal on the web door. */
export const HTTP_STATUS: Record<ErrorCode, number> = {
  'bad-input': 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'room-closed': 410,
  'already-live': 409,
  superseded: 409,
  'rate-limited': 429,
  unavailable: 503,
  internal: 500,
}
