import { createHash, timingSafeEqual } from 'node:crypto'

const md5 = (text: string): string => createHash('md5').update(text).digest('hex')
const HEX_TIME = /^[0-9a-f]{1,12}$/i

/**
 * The query that opens a stream, by Tencent's rule: `txSecret = md5(key + stream + txTime)`, `txTime` the expiry in
 * upper-case hex seconds. `stream` is the name as it stands in the URL: with the BIZID before it and the transcoding
 * template behind it, where it has them. `expiresAt` is in unix seconds.
 */
export function signedQuery(key: string, stream: string, expiresAt: number): string {
  const txTime = expiresAt.toString(16).toUpperCase()
  return `txSecret=${md5(key + stream + txTime)}&txTime=${txTime}`
}

/** The signature of this stream is by one of the keys, and has not expired at `now` (ms). */
export function isSigned(keys: readonly string[], stream: string, query: URLSearchParams, now: number): boolean {
  const txTime = query.get('txTime') ?? ''
  if (!HEX_TIME.test(txTime) || Number.parseInt(txTime, 16) * 1000 < now) return false
  const given = Buffer.from((query.get('txSecret') ?? '').toLowerCase())
  return keys.some((key) => {
    const right = Buffer.from(md5(key + stream + txTime))
    return given.length === right.length && timingSafeEqual(given, right)
  })
}
