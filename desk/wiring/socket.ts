import type { ConnectSocket } from '../../miniprogram/services/messenger/chat-socket'

/** Tells of a socket that broke without a word (RFC 6455 §7.4.1); a page must not send it. */
const ABNORMAL = 1006

/** A browser's WebSocket as the chat wants it. */
export const connectSocket: ConnectSocket = ({ url }) => {
  const socket = new WebSocket(url)
  return {
    onOpen: (handler) => socket.addEventListener('open', () => handler()),
    onMessage: (handler) => socket.addEventListener('message', ({ data }) => handler({ data })),
    onClose: (handler) => socket.addEventListener('close', ({ code, reason }) => handler({ code, reason })),
    onError: (handler) => socket.addEventListener('error', () => handler({ errMsg: 'the socket broke' })),
    send: ({ data }) => socket.send(data),
    close: ({ code = 1000, reason = '' }) => socket.close(code === ABNORMAL ? 1000 : code, reason),
  }
}
