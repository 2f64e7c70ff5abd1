import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import { Outbox } from './outbox'
import { Session, type SessionContext } from './session'

/** Largest frame that is read. */
export const FRAME_MAX = 64 * 1024

/** The WebSocket side: accepts sockets, feeds their sessions and lets go of silent ones. */
export class Sockets {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: FRAME_MAX, perMessageDeflate: false })
  private readonly open = new Map<Session, Outbox>()
  private readonly watch: NodeJS.Timeout

  constructor(
    private readonly context: Omit<SessionContext, 'outbox'>,
    pingMs: number,
  ) {
    this.watch = setInterval(() => this.checkAll(context.now() - 3 * pingMs), pingMs / 2)
    this.watch.unref()
  }

  get stats(): { connections: number; queuedBytes: number; longestQueue: number } {
    const queues = [...this.open.values()].map((outbox) => outbox.queuedBytes)
    return {
      connections: queues.length,
      queuedBytes: queues.reduce((sum, bytes) => sum + bytes, 0),
      longestQueue: Math.max(0, ...queues),
    }
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.server.handleUpgrade(request, socket, head, (webSocket) => {
      const outbox = new Outbox(webSocket, this.context.counters, socket)
      const session = new Session({ ...this.context, outbox })
      this.open.set(session, outbox)
      // The close that follows an error (a frame too large, a reset) does the rest.
      webSocket.on('error', () => {})
      webSocket.on('message', (data, isBinary) => {
        if (isBinary) session.receiveBinary()
        else session.receive(String(data))
      })
      webSocket.on('close', () => {
        this.open.delete(session)
        session.end()
      })
    })
  }

  async close(): Promise<void> {
    clearInterval(this.watch)
    for (const client of this.server.clients) client.terminate()
    await new Promise<void>((resolve) => this.server.close(() => resolve()))
  }

  private checkAll(deadline: number): void {
    for (const session of [...this.open.keys()]) session.check(deadline)
  }
}
