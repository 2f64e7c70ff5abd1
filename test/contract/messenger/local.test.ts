import { systemClock } from '../../../miniprogram/services/clock-system'
import { LocalMessenger } from '../../../miniprogram/services/messenger/local'
import { ChatServer, userSig } from './chat-server'
import { describeMessenger } from './contract'
import { connectSocket } from './node-socket'

let server: ChatServer
beforeAll(async () => {
  server = await ChatServer.start()
})
afterAll(() => server.stop())

describeMessenger('local, against the chat of the local cloud', () => ({
  create: () => new LocalMessenger({ connectSocket, clock: systemClock }),
  credentials: (userId) => server.credentials(userId),
  forgedCredentials: (userId) => server.credentials(userId, userSig('mallory')),
  createGroup: (id) => server.createGroup(id),
  announce: (group, data) => server.announce(group, data),
  tell: (userId, data) =>
    server.rest('openim/sendmsg', {
      To_Account: userId,
      MsgRandom: 1,
      MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify(data), Desc: '', Ext: '' } }],
    }),
  dissolve: (group) => server.rest('group_open_http_svc/destroy_group', { GroupId: group }),
  cut: () => server.cut(),
}))
