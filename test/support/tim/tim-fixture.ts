import { systemClock } from '../../../miniprogram/services/clock-system'
import { TimMessenger } from '../../../miniprogram/services/messenger/tim/tim-messenger'
import { SDK_APP_ID, SECRET_KEY, userSig } from '../../contract/messenger/chat-server'
import { type Phone, phoneOf } from '../../contract/messenger/contract'
import { TimPhone } from './tim-phone'
import { TimServer } from './tim-server'

export const ADMIN = 'administrator'

export interface TimTestPhone extends Phone {
  messenger: TimMessenger
  sdk: TimPhone
}

/** A server for one file of tests, and phones that are logged out after each of them. */
export class TimFixture {
  private running: TimServer | null = null
  private groups = 0
  private readonly phones: TimTestPhone[] = []

  constructor() {
    beforeAll(async () => {
      this.running = await TimServer.start({ sdkAppId: SDK_APP_ID, secretKey: SECRET_KEY, admin: ADMIN })
    })
    afterAll(() => this.server.stop())
    afterEach(() => {
      this.server.intercept = () => undefined
      this.server.reachable = true
      this.server.sent.length = 0
      for (const { messenger } of this.phones.splice(0)) messenger.logout()
    })
  }

  get server(): TimServer {
    if (!this.running) throw new Error('the server is not up yet')
    return this.running
  }

  newGroup(): string {
    this.groups += 1
    this.server.createGroup(`group-${this.groups}`)
    return `group-${this.groups}`
  }

  credentials(userId: string) {
    return this.server.credentials(userId, userSig(userId))
  }

  /** A phone that is not logged in. */
  blank(load?: () => Promise<unknown>): TimTestPhone {
    const sdk = new TimPhone(() => this.server.url)
    const messenger = new TimMessenger({ load: load ?? sdk.load, clock: systemClock })
    const phone = { ...phoneOf(messenger), messenger, sdk }
    this.phones.push(phone)
    return phone
  }

  /** A phone that is logged in and in the group. */
  async phone(userId: string, group?: string): Promise<TimTestPhone> {
    const phone = this.blank()
    await phone.messenger.login(this.credentials(userId))
    if (group) await phone.messenger.joinGroup(group)
    return phone
  }
}
