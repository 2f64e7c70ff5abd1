import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { foreignCaller } from './local-only'

/** A part of the local cloud that answers on the shared HTTP server. */
export interface Part {
  /** Takes a request, or says false to leave it to the next part. */
  handle(req: IncomingMessage, res: ServerResponse): boolean
  upgrade?(req: IncomingMessage, socket: Duplex, head: Buffer): boolean
}

export interface Health {
  /** The public ports, 0 until they are open. */
  httpPort: number
  rtmpPort: number
  /** Where the real CloudBase SDK finds the database; '' until it is open. */
  databaseUrl: string
  /** Every part by name, and whether it is up. */
  parts: Readonly<Record<string, boolean>>
  /** What not every machine can do, by name: true, or what is missing, in plain words. */
  abilities: Readonly<Record<string, true | string>>
  /** What the process takes (bytes) and what waits in its queues, for benches and for people who look for a leak. */
  load: { rss: number; heapUsed: number; chat: object | null }
}

export interface InternalServer {
  port: number
  /** Parts in the order they are asked; until the first call everything but `/healthz` is 503. */
  use(parts: readonly Part[]): void
  close(): Promise<void>
}

/**
 * The HTTP server behind the public port, on a loopback port of its own. Any page in the user's browser can reach it, so it
 * asks the same questions as the public port.
 * @param health what `/healthz` tells; all parts true = ready
 */
export async function startInternalServer(health: () => Health): Promise<InternalServer> {
  let parts: readonly Part[] = []
  const server = createServer((req, res) => {
    try {
      const complaint = foreignCaller(req)
      if (complaint) return plain(res, 403, complaint)
      if (req.url?.split('?')[0] === '/healthz') return answerHealth(res, health())
      if (parts.some((part) => part.handle(req, res))) return
      plain(res, parts.length > 0 ? 404 : 503, parts.length > 0 ? 'not found' : 'starting')
    } catch (error) {
      console.error(`${req.method} ${req.url?.split('?')[0]}:`, error)
      if (res.headersSent) res.destroy()
      else plain(res, 500, 'internal error; the log of npm start says why')
    }
  })
  server.on('upgrade', (req, socket, head) => {
    socket.on('error', () => socket.destroy())
    try {
      if (!foreignCaller(req) && parts.some((part) => part.upgrade?.(req, socket, head))) return
    } catch (error) {
      console.error(`upgrade ${req.url?.split('?')[0]}:`, error)
    }
    socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
  })
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    use(next) {
      parts = next
    },
    close: () => closeServer(server),
  }
}

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })

function answerHealth(res: ServerResponse, health: Health): void {
  const ok = Object.values(health.parts).every(Boolean)
  res.writeHead(ok ? 200 : 503, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  res.end(JSON.stringify({ ok, ...health }))
}

function plain(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
  res.end(`${text}\n`)
}
