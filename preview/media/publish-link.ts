import type { Bytes } from './flv'

/** How media opens a socket: the phone's network in the preview, a fake in tests. */
export type OpenSocket = (url: string, protocol?: string) => WebSocket

/** Close codes of the streaming server. */
export const CLOSE = { kicked: 4001, refused: 4003, notLive: 4004, abnormal: 1006, timeout: 4999 } as const

/** The streaming server did not take the push. `code` is the socket's close code. */
export class LinkError extends Error {
  constructor(
    readonly code: number,
    reason: string,
  ) {
    super(reason || `closed with ${code}`)
    this.name = 'LinkError'
  }
}

const ACCEPT_MS = 8000

/** An accepted push: a socket that takes FLV bytes. */
export class PublishLink {
  bytes = 0

  private constructor(
    private readonly socket: WebSocket,
    onClose: (code: number, reason: string) => void,
  ) {
    socket.onclose = (event) => onClose(event.code, event.reason)
  }

  /**
   * Connects and waits for the server's `ok`: an open socket alone is not an accepted push.
   * @throws LinkError 4003 when the server refuses it, 1006 when it cannot be reached
   */
  static open(
    url: string,
    openSocket: OpenSocket,
    onClose: (code: number, reason: string) => void,
  ): Promise<PublishLink> {
    return new Promise((resolve, reject) => {
      const socket = openSocket(url, 'publisher')
      const fail = (code: number, reason: string) => {
        clearTimeout(timer)
        socket.onclose = null
        socket.onmessage = null
        socket.close()
        reject(new LinkError(code, reason))
      }
      const timer = setTimeout(() => fail(CLOSE.timeout, 'no answer'), ACCEPT_MS)
      socket.onclose = (event) => fail(event.code, event.reason)
      socket.onmessage = () => {
        clearTimeout(timer)
        socket.onmessage = null
        resolve(new PublishLink(socket, onClose))
      }
    })
  }

  /** Bytes that wait to leave this phone. */
  get backlog(): number {
    return this.socket.bufferedAmount
  }

  write(bytes: Bytes): void {
    if (this.socket.readyState !== this.socket.OPEN) return
    this.socket.send(bytes)
    this.bytes += bytes.byteLength
  }

  /** Ends the push; `onClose` is not called for it. */
  close(): void {
    this.socket.onclose = null
    this.socket.close()
  }
}
