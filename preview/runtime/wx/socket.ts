import { Emitter } from '../emitter'
import { network } from '../network'
import { failure, type Options, settle, text } from './api'
import { WxError } from './error'

/** WeChat allows this many sockets at a time. */
const MAX_SOCKETS = 5

const open = new Set<SocketTask>()

/** WeChat's SocketTask over the phone's network. */
class SocketTask {
  readonly CONNECTING = 0
  readonly OPEN = 1
  readonly CLOSING = 2
  readonly CLOSED = 3
  private readonly socket: WebSocket
  private readonly opens = new Emitter<{ header: object }>()
  private readonly messages = new Emitter<{ data: unknown }>()
  private readonly errors = new Emitter<{ errMsg: string }>()
  private readonly closes = new Emitter<{ code: number; reason: string }>()

  constructor(url: string, protocols: string[]) {
    this.socket = network.openSocket(url, protocols)
    this.socket.binaryType = 'arraybuffer'
    this.socket.addEventListener('open', () => this.opens.emit({ header: {} }))
    this.socket.addEventListener('message', ({ data }) => this.messages.emit({ data }))
    this.socket.addEventListener('error', () =>
      this.errors.emit({ errMsg: network.suspended ? 'connectSocket:fail interrupted' : 'connectSocket:fail' }),
    )
    this.socket.addEventListener('close', ({ code, reason }) => {
      open.delete(this)
      this.closes.emit({ code, reason: reason || (code === 1006 ? 'abnormal closure' : '') })
    })
  }

  get readyState(): number {
    return this.socket.readyState
  }

  send(options: Options): void {
    if (this.socket.readyState !== WebSocket.OPEN) {
      const error = new WxError('SocketTask.readyState is not OPEN')
      settle(options, false, failure('sendSocketMessage', error))
      return
    }
    this.socket.send(options.data as string)
    settle(options, true, { errMsg: 'sendSocketMessage:ok' })
  }

  close(options: Options = {}): void {
    open.delete(this)
    this.socket.close(Number(options.code ?? 1000), text(options.reason))
    settle(options, true, { errMsg: 'closeSocket:ok' })
  }

  onOpen(listener: (event: { header: object }) => void): void {
    this.opens.on(listener)
  }
  onMessage(listener: (event: { data: unknown }) => void): void {
    this.messages.on(listener)
  }
  onError(listener: (event: { errMsg: string }) => void): void {
    this.errors.on(listener)
  }
  onClose(listener: (event: { code: number; reason: string }) => void): void {
    this.closes.on(listener)
  }
}

/** WebSockets. The task is returned at once, its outcome comes by its events. */
export function socket() {
  return {
    connectSocket(options: Options = {}): SocketTask | undefined {
      const fail = (reason: string) => settle(options, false, failure('connectSocket', new WxError(reason)))
      const url = text(options.url)
      if (!/^wss?:\/\//.test(url)) {
        fail(`invalid url "${url}"`)
        return undefined
      }
      if (open.size >= MAX_SOCKETS) {
        fail(`exceed max task count`)
        return undefined
      }
      const task = new SocketTask(url, Array.isArray(options.protocols) ? options.protocols.map(String) : [])
      open.add(task)
      settle(options, true, { errMsg: 'connectSocket:ok' })
      return task
    },
  }
}
