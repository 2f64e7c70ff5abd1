import { WebSocket } from 'ws'
import { systemClock } from '../../../miniprogram/services/clock-system'
import { LocalMessenger } from '../../../miniprogram/services/messenger/local'
import { ChatServer, userSig } from './chat-server'
import { type Phone, phoneOf } from './contract'
import { connectSocket } from './node-socket'
import { until } from './until'

/** A chat server for one file of tests, and phones that are logged out after each of them. */
export class ChatFixture {
  private running: ChatServer | null = null
  private groups = 0
  private readonly phones: Phone[] = []

  constructor() {
    beforeAll(async () => {
      this.running = await ChatServer.start()
    })
    afterAll(() => this.server.stop())
    afterEach(() => {
      for (const { messenger } of this.phones.splice(0)) messenger.logout()
    })
  }

  get server(): ChatServer {
    if (!this.running) throw new Error('the chat server is not up yet')
    return this.running
  }

  async newGroup(): Promise<string> {
    this.groups += 1
    await this.server.createGroup(`group-${this.groups}`)
    return `group-${this.groups}`
  }

  /** Notes what the messenger says, and logs it out at the end. */
  watch<M extends LocalMessenger>(messenger: M): Phone & { messenger: M } {
    const phone = phoneOf(messenger)
    this.phones.push(phone)
    return { ...phone, messenger }
  }

  /** A phone that is logged in and in the group. */
  async phone(userId: string, group?: string, server = this.server): Promise<Phone & { messenger: LocalMessenger }> {
    const phone = this.watch(new LocalMessenger({ connectSocket, clock: systemClock }))
    await phone.messenger.login(server.credentials(userId))
    if (group) await phone.messenger.joinGroup(group)
    return phone
  }

  /** A socket that has said hello, for frames that no client of ours would send. */
  async bareSocket(userId: string): Promise<{ socket: WebSocket; frames: Record<string, unknown>[] }> {
    const socket = new WebSocket(this.server.url)
    const frames: Record<string, unknown>[] = []
    socket.on('message', (data) => frames.push(JSON.parse(String(data))))
    socket.on('error', () => undefined)
    await new Promise((resolve) => socket.on('open', resolve))
    socket.send(JSON.stringify({ c: 'hello', userId, userSig: userSig(userId), rooms: [] }))
    await until(() => frames.length > 0, 'ready')
    return { socket, frames }
  }
}
