import type { AddressInfo } from 'node:net'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { verifyUserSig } from '../../../local/im/user-sig'
import type { ChatCredentials } from '../../../miniprogram/protocol/actions'
import { TimGroup } from './group'
import { customElement, replies } from './replies'
import { type Body, EVENT, type Packet, REPORT, readPacket, seconds, writePacket } from './wire'

export interface TimServerOptions {
  sdkAppId: number
  secretKey: string
  admin: string
  /** Lets every group exist that somebody joins, where another service makes them. */
  anyGroup?: boolean
}

/** Answers one packet with a body, or with nothing: then the SDK waits. */
export type Intercept = (packet: Packet, userId: string) => object | 'silence' | undefined

/**
 * A stand-in on the loopback that speaks enough of Tencent's wire for the real SDK to log in, join, send and receive.
 * It checks what our side sends. What Tencent itself would decide (dropping, priorities, kick rules) is not proven by it.
 */
export class TimServer {
  readonly groups = new Map<string, TimGroup>()
  /** How often each command was sent: a reply that lacks a field makes the SDK ask for ever. */
  readonly commands = new Map<string, number>()
  /** Every message sent to a group, in the order of arrival. */
  readonly sent: Body[] = []
  intercept: Intercept = () => undefined
  /** False: connections are refused at once. */
  reachable = true
  private readonly sockets = new Map<WebSocket, string>()
  private readonly logins = new Map<string, WebSocket>()
  private lives = 0

  private constructor(
    readonly options: TimServerOptions,
    private readonly server: WebSocketServer,
  ) {
    server.on('connection', (socket) => this.connected(socket))
  }

  static async start(options: TimServerOptions): Promise<TimServer> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await new Promise((resolve) => server.once('listening', resolve))
    return new TimServer(options, server)
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  get connections(): number {
    return this.sockets.size
  }

  credentials(userId: string, userSig: string): ChatCredentials {
    const { sdkAppId, admin } = this.options
    return { kind: 'tim', sdkAppId, admin, userId, userSig, expiresInMs: 3_600_000 }
  }

  verify(userId: string, sig: string): number {
    const { sdkAppId, secretKey } = this.options
    const result = verifyUserSig({ sdkAppId, secretKey, userId, userSig: sig, now: Date.now() })
    return result.ok ? 0 : result.code
  }

  createGroup(id: string): TimGroup {
    this.lives += 1
    const group = new TimGroup(id, this.options.admin, this.lives)
    this.groups.set(id, group)
    return group
  }

  /** The group as far as it exists for somebody who wants to join it. */
  joinable(id: string): TimGroup | undefined {
    return this.groups.get(id) ?? (this.options.anyGroup ? this.createGroup(id) : undefined)
  }

  /** `group_open_http_svc/destroy_group`; `silently`: the news of it gets lost. */
  dissolve(id: string, silently = false): void {
    const group = this.groups.get(id)
    this.groups.delete(id)
    if (!group) return
    group.close(10010)
    if (silently) return
    for (const member of group.members) this.pushNotice(member, group, { ReportType: REPORT.dissolved })
  }

  /** `group_open_http_svc/send_group_msg` by the administrator. */
  sayAsAdmin(id: string, data: unknown): void {
    this.groups.get(id)?.say(this.options.admin, { Random: Math.random() * 1e9, MsgBody: customElement(data) })
  }

  /** A system notice to one member over the socket, the other way on which notices come. */
  notifyMember(userId: string, id: string, data: unknown): void {
    const group = this.groups.get(id)
    const body = { ReportType: REPORT.custom, UserDefinedField: JSON.stringify(data) }
    if (group) this.pushNotice(userId, group, body)
  }

  /** `openim/sendmsg` from somebody to somebody. */
  tell(from: string, to: string, body: Partial<Body>): boolean {
    const message = {
      From_Account: from,
      To_Account: to,
      TinyId: from,
      MsgSeq: Math.floor(Math.random() * 1e9),
      MsgRandom: Math.floor(Math.random() * 1e9),
      MsgTimeStamp: seconds(),
      MsgClientTime: seconds(),
      ...body,
    }
    return this.push(to, { Event: EVENT.c2c, C2cMsgArray: [message] })
  }

  /** `type` 1: another account on this device, 2: another device, 3: the REST API. */
  kick(userId: string, type: number): void {
    const socket = this.logins.get(userId)
    const event = { Event: EVENT.kick, C2cNotifyMsgArray: [{ KickoutMsgNotify: { KickType: type, NewInstInfo: {} } }] }
    socket?.send(writePacket({ servcmd: 'im_open_status.stat_forceoffline', seq: 0 }, { EventArray: [event] }))
    this.logins.delete(userId)
  }

  /** The newest login takes the place of the one before. */
  loggedIn(userId: string, socket: WebSocket): void {
    const before = this.logins.get(userId)
    if (before && before !== socket && before.readyState === before.OPEN) this.kick(userId, 2)
    this.logins.set(userId, socket)
    this.sockets.set(socket, userId)
  }

  /** A phone that was kicked says goodbye too; the login of the other one stays. */
  loggedOut(userId: string, socket: WebSocket): void {
    if (this.logins.get(userId) === socket) this.logins.delete(userId)
  }

  /** Cuts every socket without a word. */
  cut(): void {
    for (const socket of this.sockets.keys()) socket.terminate()
  }

  async stop(): Promise<void> {
    for (const group of this.groups.values()) group.close(10010)
    this.cut()
    await new Promise((resolve) => this.server.close(resolve))
  }

  private connected(socket: WebSocket): void {
    if (!this.reachable) {
      socket.terminate()
      return
    }
    this.sockets.set(socket, '')
    socket.on('close', () => this.sockets.delete(socket))
    socket.on('error', () => undefined)
    socket.on('message', (data: RawData) => {
      const packet = readPacket(data as Buffer)
      if (packet) this.answer(socket, packet)
    })
  }

  private answer(socket: WebSocket, packet: Packet): void {
    const { head, body } = packet
    this.commands.set(head.servcmd, (this.commands.get(head.servcmd) ?? 0) + 1)
    const userId = head.a2?.slice('a2-'.length) ?? head.identifier ?? ''
    const reply = (answer: object) => {
      if (socket.readyState !== socket.OPEN) return
      socket.send(writePacket(head, { ActionStatus: 'OK', ErrorCode: 0, ErrorInfo: '', ...answer }))
    }
    const own = this.intercept(packet, userId)
    if (own === 'silence') return
    if (own) reply(own)
    else replies(head)({ server: this, socket, head, body, userId, reply })
  }

  private push(userId: string, event: object): boolean {
    const socket = this.logins.get(userId)
    if (!socket || socket.readyState !== socket.OPEN) return false
    socket.send(writePacket({ servcmd: 'im_open_push.msg_push', seq: 0 }, { EventArray: [event] }))
    return true
  }

  private pushNotice(userId: string, group: TimGroup, body: object): void {
    const tip = {
      ToGroupId: userId,
      MsgSeq: Math.floor(Math.random() * 1e9),
      MsgRandom: Math.floor(Math.random() * 1e9),
      MsgTimeStamp: seconds(),
      From_Account: this.options.admin,
      GroupInfo: group.info,
      MsgBody: body,
    }
    this.push(userId, { Event: EVENT.system, GroupTips: [tip] })
  }
}
