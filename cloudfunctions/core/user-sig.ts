import { createHmac } from 'node:crypto'
import { deflateSync } from 'node:zlib'

/**
 * A UserSig, version 2: the signature that Tencent's chat accepts for one user. Times in seconds.
 * Lines, key order and the base64 variant are Tencent's; checked against `tls-sig-api-v2` byte by byte.
 */
export function userSig(
  key: { sdkAppId: number; secretKey: string },
  userId: string,
  expireS: number,
  nowS: number,
): string {
  const lines = `TLS.identifier:${userId}\nTLS.sdkappid:${key.sdkAppId}\nTLS.time:${nowS}\nTLS.expire:${expireS}\n`
  const document = {
    'TLS.ver': '2.0',
    'TLS.identifier': userId,
    'TLS.sdkappid': key.sdkAppId,
    'TLS.time': nowS,
    'TLS.expire': expireS,
    'TLS.sig': createHmac('sha256', key.secretKey).update(lines).digest('base64'),
  }
  const packed = deflateSync(JSON.stringify(document)).toString('base64')
  return packed.replace(/\+/g, '*').replace(/\//g, '-').replace(/=/g, '_')
}
