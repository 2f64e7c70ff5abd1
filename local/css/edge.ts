import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { foreignCaller } from '../local-only'
import type { StreamRequest } from './admission'
import type { StreamingApi } from './api'
import type { Gate } from './gate'
import type { HlsServer } from './hls-server'
import { serveHttpFlv } from './http-flv'
import { proxyRequest, proxyUpgrade, refuseUpgrade } from './proxy'
import type { MediaLibrary } from './recording/library'
import { sendText } from './reply'
import { serveRecording } from './vod-server'
import type { FlvWebSockets } from './ws-server'

export interface EdgeDeps {
  app: string
  /** Read for each request: it may change. */
  upstream: () => number
  gate: Gate
  sockets: FlvWebSockets
  hls: HlsServer
  api: StreamingApi
  library: MediaLibrary
}

/** `/<app>/<stream>.<flv|m3u8>?query`. By pattern, not by `new URL`: that throws on the request path `//`. */
const STREAM_URL = /^\/([\w-]+)\/([^/?]+)\.(flv|m3u8)(?:\?(.*))?$/
const HLS_URL = /^\/hls\/([\w-]+)\/([\w-]+\.ts)(?:\?.*)?$/
const VOD_URL = /^\/vod\/(\d+)\.mp4(?:\?.*)?$/

function parseStreamUrl(url: string, app: string): { stream: StreamRequest; ext: string } | null {
  const match = STREAM_URL.exec(url)
  if (!match || match[1] !== app) return null
  return { stream: { app, name: match[2] ?? '', query: match[4] ?? '' }, ext: match[3] ?? '' }
}

/** The one public HTTP port: streaming is answered here, everything else goes to the main thread. */
export function createEdge(deps: EdgeDeps): Server {
  const server = createServer((request, response) => serve(request, response, deps))
  server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const complaint = foreignCaller(request)
    if (complaint) return refuseUpgrade(socket, 403, complaint)
    const target = parseStreamUrl(request.url ?? '', deps.app)
    if (target?.ext === 'flv') deps.sockets.upgrade(request, socket, head, target.stream)
    else proxyUpgrade(request, socket, head, deps.upstream())
  })
  server.on('clientError', (_error, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    else socket.destroy()
  })
  return server
}

function serve(request: IncomingMessage, response: ServerResponse, deps: EdgeDeps): void {
  response.on('error', () => response.destroy())
  const complaint = foreignCaller(request)
  if (complaint) {
    sendText(response, 403, complaint)
    return
  }
  const url = request.url ?? ''
  const action = request.headers['x-tc-action']
  if (request.method === 'POST' && url === '/' && typeof action === 'string') {
    deps.api.serve(request, response, action)
    return
  }
  if (request.method === 'GET' || request.method === 'HEAD') {
    const target = parseStreamUrl(url, deps.app)
    if (target?.ext === 'flv') {
      serveHttpFlv(request, response, target.stream, deps.gate)
      return
    }
    if (target) {
      deps.hls.servePlaylist(response, target.stream)
      return
    }
    const segment = HLS_URL.exec(url)
    if (segment) {
      deps.hls.serveSegment(response, segment[1] ?? '', segment[2] ?? '')
      return
    }
    const recording = VOD_URL.exec(url)
    if (recording) {
      serveRecording(request, response, deps.library, recording[1] ?? '')
      return
    }
  }
  try {
    proxyRequest(request, response, deps.upstream())
  } catch {
    // A path with characters that node refuses to send on.
    sendText(response, 400, 'bad request')
  }
}
