import { createHash, timingSafeEqual } from 'node:crypto'

/** Who asks for which stream: taken from an RTMP command or a URL path, query as sent. */
export interface StreamRequest {
  app: string
  name: string
  query: string
}

/** Why a push or a play is refused. */
export type Refusal = 'path' | 'missing' | 'expired' | 'secret' | 'forbidden' | 'busy' | 'absent'

/**
 * Text, HTTP status and WebSocket close code of each refusal. The causes are those of Tencent's interruption table
 * (cloud.tencent.com/document/product/267/31083): 18/308-309, 500-503, 305, 601.
 */
export const REFUSALS: Record<Refusal, { text: string; http: number; close: number }> = {
  path: { text: 'bad stream path', http: 404, close: 4003 },
  missing: { text: 'missing txSecret/txTime', http: 403, close: 4003 },
  expired: { text: 'txTime expired', http: 403, close: 4003 },
  secret: { text: 'txSecret mismatch', http: 403, close: 4003 },
  forbidden: { text: 'stream forbidden', http: 403, close: 4003 },
  busy: { text: 'already publishing', http: 409, close: 4003 },
  absent: { text: 'no such stream', http: 404, close: 4004 },
}

/** Stream names that Tencent takes: letters, digits, `_` and `-`. */
const STREAM_NAME = /^[\w-]{1,128}$/
/** A template's name has letters and digits only. */
const TRANSCODED = /^([\w-]+)_[a-zA-Z0-9]{1,30}$/
const HEX_TIME = /^[0-9a-f]{1,12}$/i

export function isStreamPath(request: StreamRequest, app: string): boolean {
  return request.app === app && STREAM_NAME.test(request.name)
}

/** `md5(key + StreamName + txTime)`, txTime in hex exactly as it stands in the URL. */
export function txSecret(key: string, name: string, txTime: string): string {
  return createHash('md5').update(`${key}${name}${txTime}`).digest('hex')
}

/** Checks txSecret and txTime against any of the keys; without keys the domain has no authentication. */
export function verifySignature(keys: readonly string[], request: StreamRequest, now: number): Refusal | null {
  if (keys.length === 0) return null
  const query = new URLSearchParams(request.query)
  const secret = query.get('txSecret')
  const time = query.get('txTime')
  if (!secret || !time) return 'missing'
  if (!HEX_TIME.test(time) || Number.parseInt(time, 16) * 1000 < now) return 'expired'
  const given = Buffer.from(secret.toLowerCase())
  const fits = (key: string): boolean => {
    const want = Buffer.from(txSecret(key, request.name, time))
    return want.length === given.length && timingSafeEqual(want, given)
  }
  return keys.some(fits) ? null : 'secret'
}

export interface AdmissionRules {
  app: string
  pushKey: string
  /** Empty = none. */
  pushBackupKey: string
  playKey: string
}

const set = (...keys: string[]): string[] => keys.filter((key) => key !== '')

/** The gate of every push: path, signature, forbid list. */
export function admitPush(
  request: StreamRequest,
  rules: AdmissionRules,
  isForbidden: (name: string) => boolean,
  now: number,
): Refusal | null {
  if (!isStreamPath(request, rules.app)) return 'path'
  const keys = set(rules.pushKey, rules.pushBackupKey)
  return verifySignature(keys, request, now) ?? (isForbidden(request.name) ? 'forbidden' : null)
}

/**
 * The stream behind a transcoded one: `Stream_template` -> `Stream`, or null. The signature of such a URL is made over the
 * whole name.
 */
export function transcodingSource(name: string): string | null {
  return TRANSCODED.exec(name)?.[1] ?? null
}

/**
 * The gate of every play. Low-latency play URLs are signed with the push key (Tencent's own demo does so), hence either
 * key opens it once a play key is set.
 */
export function admitPlay(request: StreamRequest, rules: AdmissionRules, now: number): Refusal | null {
  if (!isStreamPath(request, rules.app)) return 'path'
  const keys = rules.playKey ? set(rules.playKey, rules.pushKey, rules.pushBackupKey) : []
  return verifySignature(keys, request, now)
}
