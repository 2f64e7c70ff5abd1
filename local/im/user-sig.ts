import { createHmac, timingSafeEqual } from 'node:crypto'
import { inflateSync } from 'node:zlib'

/** Tencent's error codes for a refused UserSig (error code list of the Chat product). */
export const USER_SIG_ERROR = {
  expired: 70001,
  unreadable: 70003,
  wrongKey: 70009,
  otherUser: 70013,
  otherApp: 70014,
} as const

export type UserSigResult =
  | { ok: true /** ms since the epoch */; expiresAt: number }
  | { ok: false; code: (typeof USER_SIG_ERROR)[keyof typeof USER_SIG_ERROR] }

interface SigDocument {
  userId: string
  sdkAppId: number
  /** Seconds since the epoch. */
  time: number
  /** Seconds. */
  expire: number
  sig: string
}

/** No genuine one is above 1 kB; the bound stops a small text that inflates to gigabytes. */
const DOCUMENT_MAX = 4096

/**
 * Checks a UserSig (version 2.0): base64 with `* - _` for `+ / =`, of a deflated JSON document, whose `TLS.sig` is the
 * HMAC-SHA256 of four lines. Never throws: garbage is `unreadable`.
 */
export function verifyUserSig(options: {
  sdkAppId: number
  secretKey: string
  userId: string
  userSig: string
  /** ms since the epoch */
  now: number
}): UserSigResult {
  const document = decode(options.userSig)
  if (!document) return { ok: false, code: USER_SIG_ERROR.unreadable }
  if (document.sdkAppId !== options.sdkAppId) return { ok: false, code: USER_SIG_ERROR.otherApp }
  if (document.userId !== options.userId) return { ok: false, code: USER_SIG_ERROR.otherUser }
  if (!sameText(document.sig, sign(document, options.secretKey))) return { ok: false, code: USER_SIG_ERROR.wrongKey }
  const expiresAt = (document.time + document.expire) * 1000
  return expiresAt > options.now ? { ok: true, expiresAt } : { ok: false, code: USER_SIG_ERROR.expired }
}

function decode(userSig: string): SigDocument | null {
  try {
    const base64 = userSig.replace(/\*/g, '+').replace(/-/g, '/').replace(/_/g, '=')
    const json = inflateSync(Buffer.from(base64, 'base64'), { maxOutputLength: DOCUMENT_MAX }).toString('utf8')
    const raw: unknown = JSON.parse(json)
    if (typeof raw !== 'object' || raw === null) return null
    const fields = new Map<string, unknown>(Object.entries(raw))
    const document = {
      userId: fields.get('TLS.identifier'),
      sdkAppId: fields.get('TLS.sdkappid'),
      time: fields.get('TLS.time'),
      expire: fields.get('TLS.expire'),
      sig: fields.get('TLS.sig'),
    }
    return isDocument(document) ? document : null
  } catch {
    return null
  }
}

function isDocument(d: { [K in keyof SigDocument]: unknown }): d is SigDocument {
  return (
    typeof d.userId === 'string' &&
    typeof d.sig === 'string' &&
    Number.isSafeInteger(d.sdkAppId) &&
    Number.isSafeInteger(d.time) &&
    Number.isSafeInteger(d.expire)
  )
}

function sign(d: SigDocument, secretKey: string): string {
  const lines = `TLS.identifier:${d.userId}\nTLS.sdkappid:${d.sdkAppId}\nTLS.time:${d.time}\nTLS.expire:${d.expire}\n`
  return createHmac('sha256', secretKey).update(lines).digest('base64')
}

function sameText(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}
