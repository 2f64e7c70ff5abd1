import { createHmac, timingSafeEqual } from 'node:crypto'
import { deflateSync, inflateSync } from 'node:zlib'

/** What signs: an application of the chat service and its key. */
export interface SigKey {
  sdkAppId: number
  secretKey: string
}

/** No genuine UserSig or its document comes near; the bound stops a small text that inflates to gigabytes. */
const SIZE_MAX = 4096

/**
 * A UserSig, version 2: the signature that Tencent's chat accepts for one user. Times in seconds.
 * Lines, key order and the base64 variant are Tencent's; checked against `tls-sig-api-v2` byte by byte.
 * @param userbuf what a privateMapKey carries besides (`roomUserbuf`)
 */
export function userSig(key: SigKey, userId: string, expireS: number, nowS: number, userbuf?: Buffer): string {
  const buf = userbuf?.toString('base64')
  const document = {
    'TLS.ver': '2.0',
    'TLS.identifier': userId,
    'TLS.sdkappid': key.sdkAppId,
    'TLS.time': nowS,
    'TLS.expire': expireS,
    ...(buf === undefined ? {} : { 'TLS.userbuf': buf }),
    'TLS.sig': sign(key, userId, nowS, expireS, buf).toString('base64'),
  }
  const packed = deflateSync(JSON.stringify(document)).toString('base64')
  return packed.replace(/\+/g, '*').replace(/\//g, '-').replace(/=/g, '_')
}

/**
 * The userbuf of a privateMapKey, which lets one user into one room: version, account with its length, application, room
 * (0 where it is named), instant of expiry (unix seconds), privileges (255: all), account type, and the room's name with its
 * length where it has one; numbers big-endian.
 */
export function roomUserbuf(
  sdkAppId: number,
  room: { userId: string; roomNumber: number; roomName?: string; expiresAtS: number; privileges: number },
): Buffer {
  const account = Buffer.from(room.userId)
  const head = Buffer.alloc(3)
  head.writeUInt8(room.roomName === undefined ? 0 : 1)
  head.writeUInt16BE(account.length, 1)
  const tail = Buffer.alloc(20)
  const numbers = [sdkAppId, room.roomNumber, room.expiresAtS, room.privileges, 0]
  numbers.forEach((value, i) => {
    tail.writeUInt32BE(value, i * 4)
  })
  if (room.roomName === undefined) return Buffer.concat([head, account, tail])
  const name = Buffer.from(room.roomName)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(name.length)
  return Buffer.concat([head, account, tail, length, name])
}

/**
 * Whom a UserSig of this application names, or null when it is garbage, of another application or key, changed, or over.
 * @param now ms since the epoch
 */
export function readUserSig(key: SigKey, sig: string, now: number): string | null {
  const document = unpack(sig)
  if (!document || document.get('TLS.sdkappid') !== key.sdkAppId) return null
  const [userId, time, expire] = ['TLS.identifier', 'TLS.time', 'TLS.expire'].map((name) => document.get(name))
  const [buf, given] = [document.get('TLS.userbuf'), document.get('TLS.sig')]
  if (typeof userId !== 'string' || userId === '' || !isWhole(time) || !isWhole(expire)) return null
  if (typeof given !== 'string' || (buf !== undefined && typeof buf !== 'string')) return null
  const want = sign(key, userId, time, expire, buf)
  const got = Buffer.from(given, 'base64')
  if (got.length !== want.length || !timingSafeEqual(got, want)) return null
  return (time + expire) * 1000 > now ? userId : null
}

const isWhole = (value: unknown): value is number => Number.isSafeInteger(value)

function sign({ sdkAppId, secretKey }: SigKey, userId: string, time: number, expire: number, userbuf?: string): Buffer {
  const lines = `TLS.identifier:${userId}\nTLS.sdkappid:${sdkAppId}\nTLS.time:${time}\nTLS.expire:${expire}\n`
  const last = userbuf === undefined ? '' : `TLS.userbuf:${userbuf}\n`
  return createHmac('sha256', secretKey).update(lines).update(last).digest()
}

/** The fields inside, of whatever kind. */
function unpack(sig: string): Map<string, unknown> | null {
  if (sig.length > SIZE_MAX) return null
  try {
    const packed = Buffer.from(sig.replace(/\*/g, '+').replace(/-/g, '/').replace(/_/g, '='), 'base64')
    const raw: unknown = JSON.parse(inflateSync(packed, { maxOutputLength: SIZE_MAX }).toString('utf8'))
    return typeof raw === 'object' && raw !== null ? new Map(Object.entries(raw)) : null
  } catch {
    return null
  }
}
