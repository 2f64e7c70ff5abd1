/** A WebSocket whose other end is the test. */
export class FakeSocket {
  readonly OPEN = 1
  readyState = 0
  bufferedAmount = 0
  binaryType = ''
  closed = false
  readonly sent: Uint8Array[] = []
  onopen: (() => void) | null = null
  onmessage: ((event: { data: unknown }) => void) | null = null
  onclose: ((event: { code: number; reason: string }) => void) | null = null

  constructor(
    readonly url: string,
    readonly protocol?: string,
  ) {}

  open(): void {
    this.readyState = 1
    this.onopen?.()
  }

  receive(data: unknown): void {
    this.onmessage?.({ data })
  }

  /** The server ends the connection. */
  end(code: number, reason = ''): void {
    this.readyState = 3
    this.onclose?.({ code, reason })
  }

  send(bytes: Uint8Array): void {
    this.sent.push(bytes)
  }

  close(): void {
    this.closed = true
    this.readyState = 3
  }
}

/** Opens fake sockets and keeps them in order. */
export function socketFactory() {
  const sockets: FakeSocket[] = []
  return {
    sockets,
    get last(): FakeSocket {
      const socket = sockets.at(-1)
      if (!socket) throw new Error('no socket was opened')
      return socket
    },
    open(url: string, protocol?: string): WebSocket {
      const socket = new FakeSocket(url, protocol)
      sockets.push(socket)
      return socket as unknown as WebSocket
    },
  }
}
