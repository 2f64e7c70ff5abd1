import { systemClock } from '../../../miniprogram/services/clock-system'
import { TimMessenger } from '../../../miniprogram/services/messenger/tim/tim-messenger'
import { customElement } from '../../support/tim/replies'
import { TimPhone } from '../../support/tim/tim-phone'
import { TimServer } from '../../support/tim/tim-server'
import { SDK_APP_ID, SECRET_KEY, userSig } from './chat-server'
import { describeMessenger } from './contract'

const ADMIN = 'administrator'
let server: TimServer
beforeAll(async () => {
  server = await TimServer.start({ sdkAppId: SDK_APP_ID, secretKey: SECRET_KEY, admin: ADMIN })
})
afterAll(() => server.stop())

describeMessenger('tim, the real SDK against the wire of the fixture', () => ({
  create: () => new TimMessenger({ load: new TimPhone(() => server.url).load, clock: systemClock }),
  credentials: (userId) => server.credentials(userId, userSig(userId)),
  forgedCredentials: (userId) => server.credentials(userId, userSig('mallory')),
  createGroup: async (id) => void server.createGroup(id),
  announce: async (group, data) => server.groups.get(group)?.notice(JSON.stringify(data)),
  tell: async (userId, data) => server.tell(ADMIN, userId, { MsgBody: customElement(data) }),
  dissolve: async (group) => server.dissolve(group),
  cut: () => server.cut(),
}))
