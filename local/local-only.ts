import type { IncomingMessage } from 'node:http'

const LOOPBACK = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i

/**
 * What meets the whole web in production too, and lets nobody in by where he comes from: functions behind the HTTP access
 * service decide by token, signature and their own list of origins; the chat asks every socket for its signature; the
 * development login changes nothing, and a page of another origin cannot read its answer.
 */
const OPEN_TO_ORIGINS = /^\/((http|weapp)\/|(dev\/login|im\/ws)(\?|$))/

/** Whether a Host header names this machine: a page that rebinds its own name to 127.0.0.1 does not. */
export const isLocalHost = (host = ''): boolean => LOOPBACK.test(host)

/**
 * Any page in the user's browser can reach 127.0.0.1. A foreign Host is a rebound DNS name; a foreign Origin is another
 * page that wants to connect or to change something. Returns what is wrong, or null.
 */
export function foreignCaller(request: IncomingMessage): string | null {
  const { host, origin, upgrade } = request.headers
  if (!isLocalHost(host)) return 'this server answers on 127.0.0.1 and localhost only'
  const reads = request.method === 'GET' || request.method === 'HEAD'
  if (reads && !upgrade) return null
  if (origin === undefined || origin === `http://${host}` || origin === `https://${host}`) return null
  return OPEN_TO_ORIGINS.test(request.url ?? '') ? null : 'requests from other origins are refused'
}
