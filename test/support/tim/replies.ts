import type { WebSocket } from 'ws'
import type { TimServer } from './tim-server'
import { type Body, type Head, nameOf, seconds, text } from './wire'

export interface Asked {
  server: TimServer
  socket: WebSocket
  head: Head
  body: Body
  userId: string
  reply(body: object): void
}

export const customElement = (data: unknown) => [
  { MsgType: 'TIMCustomElem', MsgContent: { Data: JSON.stringify(data), Desc: '', Ext: '' } },
]

const GONE = { ErrorCode: 10010, ErrorInfo: 'this group does not exist or has been disbanded' }
const NOT_A_MEMBER = { ErrorCode: 10007, ErrorInfo: 'only a member may do this' }

type Reply = (asked: Asked) => void

const fixed =
  (body: object): Reply =>
  ({ reply }) =>
    reply(body)

/** Keyed by the last part of a command. A field that is missing can make the SDK ask for ever. */
const REPLIES: Readonly<Record<string, Reply>> = {
  wslogin({ server, socket, head, userId, reply }) {
    // A new socket of the same login comes with the key that the login was given.
    const ErrorCode = head.a2 ? 0 : server.verify(userId, text(head.usersig))
    if (ErrorCode !== 0) return reply({ ErrorCode, ErrorInfo: 'the signature is wrong' })
    server.loggedIn(userId, socket)
    reply({
      A2Key: `a2-${userId}`,
      TinyId: userId,
      HelloInterval: 120,
      InstId: 2001,
      TimeStamp: seconds(),
      PurchaseBits: '0',
    })
  },
  wslogout({ server, userId, socket, reply }) {
    server.loggedOut(userId, socket)
    reply({})
  },
  apply_join_group({ server, body, userId, reply }) {
    const group = server.joinable(text(body.GroupId))
    if (!group) return reply(GONE)
    // One AVChatRoom at a time on this platform.
    for (const other of server.groups.values()) if (other !== group) other.members.delete(userId)
    group.members.add(userId)
    reply({
      JoinedStatus: 'JoinedSuccess',
      Type: 'AVChatRoom',
      HugeGroupFlag: 1,
      LongPollingKey: group.key,
      StartSeq: group.nextSeq,
      AVChatRoomKey: group.key,
    })
  },
  quit_group({ server, body, userId, reply }) {
    const group = server.groups.get(text(body.GroupId))
    if (!group) return reply(GONE)
    reply(group.members.delete(userId) ? {} : NOT_A_MEMBER)
  },
  get_msg({ server, body, reply }) {
    const key = text(body.Key)
    const group = [...server.groups.values()].find((one) => one.key === key)
    if (group) group.poll(Number(body.StartSeq), reply)
    else reply(GONE)
  },
  send_group_msg({ server, body, userId, reply }) {
    server.sent.push(body)
    const group = server.groups.get(text(body.GroupId))
    if (!group) return reply(GONE)
    if (!group.members.has(userId)) return reply(NOT_A_MEMBER)
    reply({ MsgTime: seconds(), MsgSeq: group.say(userId, body) })
  },
  sendmsg({ server, body, userId, reply }) {
    server.tell(userId, text(body.To_Account), { MsgBody: body.MsgBody, MsgRandom: body.MsgRandom })
    reply({ MsgTime: seconds(), MsgKey: 'k' })
  },
  get_group_self_member_info: groupInfo,
  get_group_info: groupInfo,
  portrait_get_all: ({ userId, reply }) => reply({ UserProfileItem: [{ To_Account: userId, ProfileItem: [] }] }),
  page_get: fixed({ CompleteFlag: 1, SessionItem: [] }),
  getmsg: fixed({ Cookie: '', SyncFlag: 2, MsgList: [] }),
  get_joined_group_list: fixed({ TotalCount: 0, GroupIdList: [] }),
  // Tencent's spelling.
  black_list_get: fixed({ BlackListItem: [], CurrentStandardSequence: 0, CurruentSequence: 0, StartIndex: 0 }),
}

function groupInfo({ server, body, reply }: Asked): void {
  const id = Array.isArray(body.GroupIdList) ? text(body.GroupIdList[0]) : text(body.GroupId)
  const group = server.groups.get(id)
  reply({ GroupInfo: [group ? group.profile() : { GroupId: id, ...GONE }] })
}

export const replies = ({ servcmd }: Head): Reply => REPLIES[nameOf(servcmd)] ?? fixed({})
