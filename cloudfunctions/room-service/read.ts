import type * as v from 'valibot'
import type { HttpEvent } from '../contract/http-event'
import { check, type Issue } from '../contract/parse'
import { type Body, bodies, callerQuery, loginQuery, platformQuery } from '../contract/room-service/requests'
import type { Verb } from '../contract/room-service/routes'
import { type KindName, OldRefusal } from '../core/room-service/refusals'
import { readWebToken } from '../core/web-token'
import { header, jsonBody } from '../doors/http'

/** The field that is wrong, and what the old protocol calls that. */
const BY_FIELD: Readonly<Record<string, KindName>> = {
  roomID: 'no-room-id',
  roomInfo: 'info-too-long',
  cnt: 'no-count',
  mergeParams: 'bad-mix',
  fieldName: 'bad-field',
  operation: 'bad-operation',
  value: 'no-value',
  pushURL: 'foreign-url',
}

const kindOf = ([issue]: Issue[]): KindName =>
  issue && Object.hasOwn(BY_FIELD, issue.field) ? (BY_FIELD[issue.field] ?? 'bad-request') : 'bad-request'

type Fields = Readonly<Record<string, unknown>>

export const queryOf = (request: HttpEvent): Fields => request.queryStringParameters ?? {}

export const namesPlatform = (query: Fields): boolean => check(platformQuery, query).ok

/** Who asks, as the query says; whether it is true is for the token to show. */
export function callerIn(query: Fields): v.InferOutput<typeof callerQuery> {
  const parsed = check(callerQuery, query)
  if (!parsed.ok) throw new OldRefusal('not-logged-in')
  return parsed.value
}

export function loginIn(query: Fields): v.InferOutput<typeof loginQuery> {
  const parsed = check(loginQuery, query)
  if (parsed.ok) return parsed.value
  const wrong = new Set(parsed.issues.map(({ field }) => field))
  if (wrong.has('sdkAppID')) throw new OldRefusal('no-app-or-sig')
  throw new OldRefusal(wrong.has('userSig') ? 'no-sig' : 'bad-request')
}

/** The body of a verb. No body at all is an empty one. */
export function bodyOf<V extends Verb>(verb: V, request: HttpEvent): Body<V> {
  const raw = (request.body ?? '') === '' ? {} : jsonOf(request)
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new OldRefusal('bad-json')
  const schema: v.GenericSchema<unknown, unknown> = bodies[verb]
  const parsed = check(schema, raw)
  if (!parsed.ok) throw new OldRefusal(kindOf(parsed.issues))
  return parsed.value as Body<V>
}

function jsonOf(request: HttpEvent): unknown {
  try {
    return jsonBody(request)
  } catch {
    throw new OldRefusal('bad-json')
  }
}

/** The text after `Bearer`, or ''. */
export function bearerOf(request: HttpEvent): string {
  const [scheme = '', token = ''] = header(request, 'authorization').split(' ')
  return /^bearer$/i.test(scheme) ? token : ''
}

/** The OPENID in a token of the web door; null without one. A token that is not valid is refused, not ignored. */
export function openidOf(request: HttpEvent, secret: string, now: number): string | null {
  const token = bearerOf(request)
  if (token === '') return null
  const openid = readWebToken(secret, token, now)
  if (openid === null) throw new OldRefusal('not-logged-in')
  return openid
}
