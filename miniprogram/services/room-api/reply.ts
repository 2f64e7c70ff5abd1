import type { ErrorCode } from '../../protocol/errors'
import { RoomApiError } from './port'

const CODES: Record<ErrorCode, true> = {
  'bad-input': true,
  unauthenticated: true,
  forbidden: true,
  'not-found': true,
  'room-closed': true,
  'already-live': true,
  superseded: true,
  'rate-limited': true,
  full: true,
  stale: true,
  'not-on-stage': true,
  'consent-needed': true,
  banned: true,
  'text-refused': true,
  unavailable: true,
  internal: true,
}

/** An answer of the room service, or why there is none. `serverNow` is null when the server was not heard. */
export type ParsedReply = { result: unknown; serverNow: number } | { error: RoomApiError; serverNow: number | null }

/** Reads the body of an answer. What is not a `Reply` is an `internal` error: something else than the room service spoke. */
export function parseReply(body: unknown): ParsedReply {
  if (!isObject(body) || typeof body.serverNow !== 'number') return notAReply()
  if (isObject(body.error)) return { error: toError(body.error), serverNow: body.serverNow }
  if (isObject(body.result)) return { result: body.result, serverNow: body.serverNow }
  return notAReply()
}

function notAReply(): ParsedReply {
  return { error: new RoomApiError('internal', 'the answer is not one of the room service'), serverNow: null }
}

function toError(body: Record<string, unknown>): RoomApiError {
  const code = isErrorCode(body.code) ? body.code : 'internal'
  const message = typeof body.message === 'string' ? body.message : 'the room service refused without a reason'
  return new RoomApiError(code, message, isObject(body.details) ? body.details : {})
}

const KNOWN: ReadonlySet<unknown> = new Set(Object.keys(CODES))
const isErrorCode = (value: unknown): value is ErrorCode => KNOWN.has(value)

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
