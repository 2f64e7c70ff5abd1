import { type HttpEvent, httpEvent } from '../contract/http-event'
import { check } from '../contract/parse'
import { Refusal } from '../core/refusal'

/** Largest body that a door reads, in bytes. */
const BODY_MAX = 64 * 1024

export interface HttpAnswer {
  statusCode: number
  headers: Record<string, string>
  body: string
  isBase64Encoded: false
}

export const answer = (statusCode: number, body: unknown, headers: Record<string, string> = {}): HttpAnswer => ({
  statusCode,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: body === undefined ? '' : JSON.stringify(body),
  isBase64Encoded: false,
})

/** The request, or null when the event is none of the HTTP access service's. */
export function requestOf(event: unknown): HttpEvent | null {
  const parsed = check(httpEvent, event)
  return parsed.ok ? parsed.value : null
}

/** A header by its name, whatever its case. */
export function header(request: HttpEvent, name: string): string {
  const found = Object.entries(request.headers).find(([key]) => key.toLowerCase() === name)?.[1]
  return typeof found === 'string' ? found : ''
}

/** The body as it came. */
export const bodyOf = ({ body = '', isBase64Encoded }: HttpEvent): string =>
  isBase64Encoded ? Buffer.from(body, 'base64').toString() : body

/** The JSON in the body; refuses what is none, and what is too long to be meant well. */
export function jsonBody(request: HttpEvent): unknown {
  const text = bodyOf(request)
  if (Buffer.byteLength(text) > BODY_MAX) throw new Refusal('bad-input', 'the body is too long')
  try {
    return JSON.parse(text)
  } catch {
    throw new Refusal('bad-input', 'the body is not JSON')
  }
}

/** What lets a page of another origin read the answer: nothing, unless the operator lists that origin (M18). */
export function corsHeaders(request: HttpEvent, origins: readonly string[], methods: string): Record<string, string> {
  const vary = { vary: 'origin' }
  const origin = header(request, 'origin')
  if (origin === '' || !origins.includes(origin)) return vary
  return {
    ...vary,
    'access-control-allow-origin': origin,
    'access-control-allow-methods': methods,
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': '600',
  }
}
