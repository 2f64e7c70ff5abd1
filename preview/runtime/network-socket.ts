/** What a shaped socket needs to know about its network. */
export interface SocketNetwork {
  state(): { readonly offline: boolean; readonly slow: boolean }
  onCut(listener: () => void): () => void
  readonly slow: { readonly latencyMs: number; readonly bytesPerSecond: number }
}

type Frame = string | ArrayBufferLike | Blob | ArrayBufferView

function sizeOf(frame: unknown): number {
  if (typeof frame === 'string') return frame.length
  if (frame instanceof Blob) return frame.size
  if (frame instanceof ArrayBuffer || ArrayBuffer.isView(frame)) return frame.byteLength
  return 0
}

/** Delivers in order, each piece after the latency and no faster than the bandwidth; at once when the network is good. */
class Lane {
  queued = 0
  private freeAt = 0

  constructor(private readonly network: SocketNetwork) {}

  pass(bytes: number, deliver: () => void): void {
    const { latencyMs, bytesPerSecond } = this.network.slow
    const now = performance.now()
    if (!this.network.state().slow && this.freeAt <= now) {
      deliver()
      return
    }
    this.freeAt = Math.max(this.freeAt, now) + (bytes / bytesPerSecond) * 1000
    this.queued += bytes
    setTimeout(
      () => {
        this.queued -= bytes
        deliver()
      },
      this.freeAt - now + latencyMs,
    )
  }
}

/**
 * Puts a native socket on the phone's network. The listeners registered here come first, so they can hold back and
 * repeat the browser's own events.
 */
export function shapeSocket(socket: WebSocket, network: SocketNetwork): void {
  const down = new Lane(network)
  const up = new Lane(network)
  const repeated = new WeakSet<Event>()
  let cut = false

  const repeat = (event: Event) => {
    repeated.add(event)
    socket.dispatchEvent(event)
  }
  const lose = () => {
    if (cut || socket.readyState === WebSocket.CLOSED) return
    cut = true
    stopListening()
    nativeClose()
    Object.defineProperty(socket, 'readyState', { value: WebSocket.CLOSED })
    repeat(new Event('error'))
    repeat(new CloseEvent('close', { code: 1006, reason: 'abnormal closure', wasClean: false }))
  }
  const stopListening = network.onCut(lose)

  const nativeClose = socket.close.bind(socket)
  const nativeSend = socket.send.bind(socket)
  const hold = (event: Event) => {
    if (repeated.has(event)) return
    if (cut) return event.stopImmediatePropagation()
    if (event.type === 'close') stopListening()
    if (!(event instanceof MessageEvent) || (!network.state().slow && down.queued === 0)) return
    event.stopImmediatePropagation()
    down.pass(sizeOf(event.data), () => {
      if (!cut) repeat(new MessageEvent('message', { data: event.data, origin: event.origin }))
    })
  }
  for (const type of ['open', 'message', 'error', 'close']) socket.addEventListener(type, hold)

  Object.defineProperty(socket, 'send', {
    value: (frame: Frame) => {
      if (cut) return
      if (socket.readyState !== WebSocket.OPEN) return nativeSend(frame as string)
      up.pass(sizeOf(frame), () => {
        if (!cut && socket.readyState === WebSocket.OPEN) nativeSend(frame as string)
      })
    },
  })
  const buffered = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'bufferedAmount')?.get
  Object.defineProperty(socket, 'bufferedAmount', { get: () => up.queued + Number(buffered?.call(socket) ?? 0) })
}
