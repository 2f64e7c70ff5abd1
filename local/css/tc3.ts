import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

/** A signed API call: TC3-HMAC-SHA256 (cloud.tencent.com/document/api/267/20458). */
export interface SignedRequest {
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Credential {
  secretId: string
  secretKey: string
}

/** Tencent refuses a timestamp further than this from its own clock. */
const TOLERANCE_SECONDS = 300
const AUTHORIZATION =
  /^TC3-HMAC-SHA256 Credential=([^/]*)\/(\d{4}-\d\d-\d\d)\/([\w-]+)\/tc3_request, ?SignedHeaders=([\w;-]+), ?Signature=([0-9a-f]{64})$/

/** Checks a signature; returns Tencent's error code, or null when it holds. `now` in unix ms. */
export function verifyTc3(request: SignedRequest, credential: Credential, now: number): string | null {
  const match = AUTHORIZATION.exec(request.headers.authorization ?? '')
  if (!match) return 'AuthFailure.SignatureFailure'
  const [, secretId = '', date = '', service = '', signedHeaders = '', signature = ''] = match
  if (secretId !== credential.secretId) return 'AuthFailure.SecretIdNotFound'
  const timestamp = Number(request.headers['x-tc-timestamp'])
  if (!(Math.abs(timestamp - now / 1000) <= TOLERANCE_SECONDS)) return 'AuthFailure.SignatureExpire'
  if (new Date(timestamp * 1000).toISOString().slice(0, 10) !== date) return 'AuthFailure.SignatureFailure'

  const scope = `${date}/${service}/tc3_request`
  const key = hmac(hmac(hmac(`TC3${credential.secretKey}`, date), service), 'tc3_request')
  const given = Buffer.from(signature, 'hex')
  // The SDK signs the bare host name even when it sends a port, which Tencent's own hosts never have.
  const host = request.headers.host ?? ''
  const hosts = [host, host.replace(/:\d+$/, '')]
  const fits = hosts.some((candidate) => {
    const canonical = canonicalRequest(request, signedHeaders.split(';'), candidate)
    return timingSafeEqual(hmac(key, `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`), given)
  })
  return fits ? null : 'AuthFailure.SignatureFailure'
}

function canonicalRequest({ headers, body }: SignedRequest, signed: string[], host: string): string {
  const lines = signed.map((name) => `${name}:${name === 'host' ? host : String(headers[name] ?? '').trim()}\n`)
  return `POST\n/\n\n${lines.join('')}\n${signed.join(';')}\n${sha256(body)}`
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest()
}
