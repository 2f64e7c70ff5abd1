import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { Api } from 'tls-sig-api-v2/TLSSigAPIv2.js'
import { type Chat, type ChatOptions, createChat } from '../../../local/im'
import type { ChatCredentials } from '../../../miniprogram/protocol/actions'

export const SDK_APP_ID = 1400000001
export const SECRET_KEY = 'a-secret-key-of-the-tests'
const ADMIN = 'administrator'

/** Signed by Tencent's own library, so that both ends are held to the real thing. */
export const userSig = (userId: string, expireSeconds = 3600): string =>
  new Api(SDK_APP_ID, SECRET_KEY).genUserSig(userId, expireSeconds)

/** The real chat on a server of its own; `restart` keeps the port. */
export class ChatServer {
  private http: Server = createServer()
  private readonly sockets = new Set<Duplex>()
  private reachable = true
  port = 0
  chat: Chat

  private constructor(private readonly options: Partial<ChatOptions>) {
    this.chat = this.create()
  }

  static async start(options: Partial<ChatOptions> = {}): Promise<ChatServer> {
    const server = new ChatServer(options)
    await server.listen()
    return server
  }

  get url(): string {
    return `ws://127.0.0.1:${this.port}/im/ws`
  }

  credentials(userId: string, sig = userSig(userId)): ChatCredentials {
    return { kind: 'local', url: this.url, userId, userSig: sig, expiresInMs: 3_600_000 }
  }

  /** Calls the REST API as the room service does. */
  async rest(command: string, body: object, query: Record<string, string> = {}): Promise<Record<string, unknown>> {
    const search = new URLSearchParams({
      sdkappid: String(SDK_APP_ID),
      identifier: ADMIN,
      usersig: userSig(ADMIN),
      random: '42',
      contenttype: 'json',
      ...query,
    })
    const url = `http://127.0.0.1:${this.port}/im/v4/${command}?${search}`
    const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
    return (await response.json()) as Record<string, unknown>
  }

  async createGroup(id: string): Promise<void> {
    const answer = await this.rest('group_open_http_svc/create_group', { GroupId: id, Type: 'AVChatRoom', Name: id })
    if (answer.ErrorCode !== 0) throw new Error(`create_group: ${JSON.stringify(answer)}`)
  }

  announce(group: string, content: unknown): Promise<Record<string, unknown>> {
    return this.rest('group_open_http_svc/send_group_system_notification', {
      GroupId: group,
      Content: JSON.stringify(content),
    })
  }

  /** Cuts every WebSocket without a word, as a lost network does. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy()
  }

  /** No WebSocket lives or comes through while `work` runs, however long that takes. */
  async cutDuring(work: () => Promise<void>): Promise<void> {
    this.reachable = false
    this.cut()
    try {
      await work()
    } finally {
      this.reachable = true
    }
  }

  async stop(): Promise<void> {
    await this.chat.close()
    this.http.closeAllConnections()
    await new Promise((resolve) => this.http.close(resolve))
  }

  /** The process ends and starts again on the same port. */
  async restart(): Promise<void> {
    await this.stop()
    this.http = createServer()
    this.chat = this.create()
    await this.listen()
  }

  private create(): Chat {
    return createChat({ sdkAppId: SDK_APP_ID, secretKey: SECRET_KEY, admin: ADMIN, ...this.options })
  }

  private async listen(): Promise<void> {
    this.http.on('request', (request, response) => {
      if (!this.chat.handle(request, response)) response.writeHead(404).end()
    })
    this.http.on('upgrade', (request, socket, head) => {
      if (!this.reachable || !this.chat.upgrade(request, socket, head)) socket.destroy()
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
    })
    await new Promise<void>((resolve) => this.http.listen(this.port, '127.0.0.1', resolve))
    this.port = (this.http.address() as AddressInfo).port
  }
}
