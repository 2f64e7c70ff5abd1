import { CHAT_CLOSE, CHAT_PING_MS, type ClientFrame, type ServerFrame } from '../../protocol/local-chat'
import type { Clock } from '../clock'
import type { ChatSocket, ConnectSocket } from './chat-socket'
import { parseServerFrame } from './server-frames'

/** Waits between tries: about 0.4, 0.7, 1.2, 2, 3.3, 5.7, 10, 10 s, each shortened by chance by up to a half. */
export const BACK_OFF = { firstMs: 400, factor: 1.7, capMs: 10_000 } as const
/** A socket that has not become usable by then is given up; WeChat itself would wait a minute. */
export const ATTEMPT_MS = 5_000
/** How long a socket may be silent after `wake` before it is taken for dead. */
export const PROBE_MS = 3_000

export interface LinkEvents {
  /** The first frame of every new socket. */
  hello(): ClientFrame
  ready(epoch: string): void
  frame(frame: ServerFrame): void
  /** A usable socket was lost; another is on its way. */
  down(): void
  /** The server does not want this user (any more): no further try. */
  refused(why: 'unauthenticated' | 'kicked'): void
  badFrame(): void
}

/** Keeps one usable socket to the chat server, from `start` to `stop`. */
export class Link {
  private socket: ChatSocket | null = null
  private usable = false
  private stopped = false
  private attempt = 0
  private missed = 0
  private cancelRetry: (() => void) | null = null
  private readonly timers = new Set<() => void>()
  private cancelProbe: (() => void) | null = null

  constructor(
    private readonly options: { url: string; connectSocket: ConnectSocket; clock: Clock; events: LinkEvents },
  ) {}

  start(): void {
    this.open()
  }

  /** False when there is no usable socket: nothing was sent. */
  send(frame: ClientFrame): boolean {
    return this.usable && this.write(frame)
  }

  /** The network or the app came back: try at once, or make sure that the socket is still alive. */
  wake(): void {
    if (this.cancelRetry) {
      this.open()
    } else if (this.usable && !this.cancelProbe) {
      this.cancelProbe = this.options.clock.after(PROBE_MS, () => this.drop())
      this.write({ c: 'ping' })
    }
  }

  stop(): void {
    this.stopped = true
    this.release(true)
  }

  private open(): void {
    const { url, connectSocket, clock, events } = this.options
    this.cancelRetry?.()
    this.cancelRetry = null
    let socket: ChatSocket
    try {
      socket = connectSocket({ url })
    } catch {
      this.retryLater()
      return
    }
    this.socket = socket
    this.timers.add(clock.after(ATTEMPT_MS, () => this.drop()))
    // Whatever an abandoned socket still has to say, a kick by our own next one among it, is not for us.
    const current = (handle: () => void) => {
      if (socket === this.socket) handle()
    }
    socket.onOpen(() => current(() => this.write(events.hello())))
    socket.onMessage((event) => current(() => this.receive(event.data)))
    socket.onError(() => current(() => this.lost()))
    socket.onClose(({ code }) => current(() => this.lost(code)))
  }

  private receive(data: unknown): void {
    this.missed = 0
    this.cancelProbe?.()
    this.cancelProbe = null
    const frame = parseServerFrame(data)
    if (!frame) this.options.events.badFrame()
    else if (frame.c === 'pong') this.attempt = 0
    else if (frame.c !== 'ready') this.options.events.frame(frame)
    else if (!this.usable) this.becomeUsable(frame.epoch)
  }

  private becomeUsable(epoch: string): void {
    this.clearTimers()
    this.usable = true
    this.timers.add(this.options.clock.every(CHAT_PING_MS, () => this.beat()))
    this.options.events.ready(epoch)
  }

  private beat(): void {
    if (this.missed >= 2) {
      this.drop()
      return
    }
    this.missed += 1
    this.write({ c: 'ping' })
  }

  private write(frame: ClientFrame): boolean {
    try {
      this.socket?.send({ data: JSON.stringify(frame) })
      return true
    } catch {
      // A socket that is closing throws on some clients; its close event follows.
      return false
    }
  }

  /** Gives up a socket that may not even notice. */
  private drop(): void {
    this.lost(undefined, true)
  }

  private lost(code?: number, close = false): void {
    const wasUsable = this.usable
    this.release(close)
    if (code === CHAT_CLOSE.unauthenticated || code === CHAT_CLOSE.kicked) {
      this.stopped = true
      this.options.events.refused(code === CHAT_CLOSE.kicked ? 'kicked' : 'unauthenticated')
      return
    }
    this.retryLater()
    if (wasUsable) this.options.events.down()
  }

  private retryLater(): void {
    if (this.stopped) return
    const { clock } = this.options
    const longest = Math.min(BACK_OFF.capMs, BACK_OFF.firstMs * BACK_OFF.factor ** this.attempt)
    this.attempt += 1
    this.cancelRetry = clock.after(longest * (1 - clock.random() / 2), () => this.open())
  }

  private release(close: boolean): void {
    const socket = this.socket
    this.socket = null
    this.usable = false
    this.missed = 0
    this.clearTimers()
    this.cancelRetry?.()
    this.cancelRetry = null
    if (!close || !socket) return
    try {
      socket.close({ code: 1000 })
    } catch {
      // Closed already, or never opened.
    }
  }

  private clearTimers(): void {
    for (const cancel of this.timers) cancel()
    this.timers.clear()
    this.cancelProbe?.()
    this.cancelProbe = null
  }
}
