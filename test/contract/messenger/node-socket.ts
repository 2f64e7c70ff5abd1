import { WebSocket } from 'ws'
import type { ConnectSocket } from '../../../miniprogram/services/messenger/chat-socket'

/** `wx.connectSocket` on Node. */
export const connectSocket: ConnectSocket = ({ url }) => {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  return {
    onOpen: (handler) => socket.on('open', handler),
    onMessage: (handler) => socket.on('message', (data) => handler({ data: String(data) })),
    onClose: (handler) => socket.on('close', (code, reason) => handler({ code, reason: String(reason) })),
    onError: (handler) => socket.on('error', (error) => handler({ errMsg: String(error) })),
    send: ({ data }) => socket.send(data),
    close: ({ code, reason }) => socket.close(code, reason),
  }
}
