/** The part of `wx.connectSocket`'s SocketTask that the chat needs. */
export interface ChatSocket {
  onOpen(handler: () => void): void
  onMessage(handler: (event: { data: string | ArrayBuffer }) => void): void
  onClose(handler: (event: { code: number; reason: string }) => void): void
  onError(handler: (event: { errMsg: string }) => void): void
  send(options: { data: string }): void
  close(options: { code?: number; reason?: string }): void
}

/** `wx.connectSocket`, or what stands for it. */
export type ConnectSocket = (options: { url: string }) => ChatSocket
