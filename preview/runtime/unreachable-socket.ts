/**
 * A socket to a host out of reach: it fails as soon as its maker listens, and nothing leaves the phone. A real one would
 * make the browser delay the next ones, because it counts failures, and might be accepted by a server on this machine.
 */
export class UnreachableSocket extends EventTarget implements WebSocket {
  readonly CONNECTING = WebSocket.CONNECTING
  readonly OPEN = WebSocket.OPEN
  readonly CLOSING = WebSocket.CLOSING
  readonly CLOSED = WebSocket.CLOSED
  readonly url: string
  readonly protocol = ''
  readonly extensions = ''
  readonly bufferedAmount = 0
  binaryType: BinaryType = 'blob'
  readyState: WebSocket['readyState'] = WebSocket.CONNECTING
  onopen: WebSocket['onopen'] = null
  onmessage: WebSocket['onmessage'] = null
  onerror: WebSocket['onerror'] = null
  onclose: WebSocket['onclose'] = null

  constructor(url: string | URL) {
    super()
    this.url = String(url)
    setTimeout(() => {
      this.readyState = WebSocket.CLOSED
      const failed = new Event('error')
      this.onerror?.(failed)
      this.dispatchEvent(failed)
      const closed = new CloseEvent('close', { code: 1006, wasClean: false })
      this.onclose?.(closed)
      this.dispatchEvent(closed)
    })
  }

  send(): void {
    throw new DOMException('Still in CONNECTING state', 'InvalidStateError')
  }

  close(): void {
    this.readyState = WebSocket.CLOSING
  }
}
