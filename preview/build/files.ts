import { createHash } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** Content types by extension; what is not here is not served. */
export const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
}

const digest = (contents: Uint8Array | string) => createHash('sha1').update(contents).digest('base64url')

/** Sends a body once per content: the browser asks again and hears "not modified". */
export function send(
  request: IncomingMessage,
  response: ServerResponse,
  type: string,
  body: Uint8Array | string,
): void {
  const etag = `"${digest(body)}"`
  const headers = { etag, 'cache-control': 'no-cache', 'content-type': type }
  if (request.headers['if-none-match'] === etag) response.writeHead(304, headers).end()
  else response.writeHead(200, headers).end(request.method === 'HEAD' ? undefined : body)
}

/** Path of a request, decoded; null when it is malformed. */
export function pathOf(url = '/'): string | null {
  try {
    return decodeURIComponent(new URL(url, 'http://preview').pathname)
  } catch {
    return null
  }
}
