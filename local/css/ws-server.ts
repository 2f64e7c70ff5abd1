import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import type { StreamRequest } from './admission'
import { serveWsPlay, serveWsPush, type WsDeps } from './ws-session'

const MAX_MESSAGE_BYTES = 8 << 20
const MISSED_PINGS = 2

/** The WebSocket side of streaming: upgrades, and pings that find half-open connections. */
export class FlvWebSockets {
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (offered) => (offered.has('publisher') ? 'publisher' : false),
  })
  readonly #missed = new Map<WebSocket, number>()
  readonly #timer: NodeJS.Timeout

  constructor(
    private readonly deps: WsDeps,
    pingMs: number,
  ) {
    this.#timer = setInterval(() => this.#ping(), pingMs)
  }

  upgrade(request: IncomingMessage, socket: Socket, head: Buffer, stream: StreamRequest): void {
    const ip = request.socket.remoteAddress ?? ''
    socket.setNoDelay(true)
    this.#server.handleUpgrade(request, socket, head, (ws) => {
      this.#missed.set(ws, 0)
      ws.on('pong', () => this.#missed.set(ws, 0))
      ws.on('close', () => this.#missed.delete(ws))
      ws.on('error', () => ws.terminate())
      if (ws.protocol === 'publisher') serveWsPush(ws, { ...stream, ip }, this.deps)
      else serveWsPlay(ws, stream, this.deps)
    })
  }

  close(): void {
    clearInterval(this.#timer)
    for (const ws of this.#missed.keys()) ws.terminate()
    this.#server.close()
  }

  #ping(): void {
    for (const [ws, missed] of this.#missed) {
      // Behind queued media a ping waits its turn: that is slow, not dead, and bounded elsewhere.
      if (ws.bufferedAmount > 0) continue
      if (missed >= MISSED_PINGS) ws.terminate()
      else {
        this.#missed.set(ws, missed + 1)
        ws.ping()
      }
    }
  }
}
