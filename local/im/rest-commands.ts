import { randomUUID } from 'node:crypto'
import type { ChatPriority } from '../../miniprogram/protocol/local-chat'
import { readMsgBody, toDataText } from './custom-element'
import type { Hub } from './hub'
import { type Body, type Command, findGroup, noSuchGroup } from './rest-body'
import { REST_ERROR, RestError } from './rest-errors'
import { MUTE_COMMANDS } from './rest-mutes'

/** Tencent's bound for an id of one's own: printable ASCII, 48 bytes. */
const GROUP_ID = /^[!-~]{1,48}$/
const PRIORITIES: Record<string, ChatPriority> = { High: 2, Normal: 1, Low: 0, Lowest: 0 }

/** The commands of the REST subset, by `<service>/<command>`; each takes and gives Tencent's fields. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['group_open_http_svc/create_group', createGroup],
  ['group_open_http_svc/destroy_group', destroyGroup],
  ['group_open_http_svc/send_group_system_notification', sendNotification],
  ['group_open_http_svc/send_group_msg', sendGroupMessage],
  ['group_open_http_svc/get_online_member_num', onlineMembers],
  ['openim/sendmsg', sendToUser],
  ...MUTE_COMMANDS,
])

function createGroup(body: Body, { hub }: { hub: Hub }) {
  const id = body.GroupId === undefined ? `@TGS#${randomUUID().slice(0, 13)}` : String(body.GroupId)
  if (!GROUP_ID.test(id))
    throw new RestError(REST_ERROR.badGroupId, 'GroupId must be 1 to 48 printable ASCII characters')
  if (typeof body.Type !== 'string' || typeof body.Name !== 'string') {
    throw new RestError(REST_ERROR.badParameter, 'Type and Name are required')
  }
  const owner = typeof body.Owner_Account === 'string' ? body.Owner_Account : ''
  const existing = hub.group(id)
  if (existing) {
    throw existing.owner === owner
      ? new RestError(REST_ERROR.groupIdTakenByOwner, 'this group exists already and has this owner')
      : new RestError(REST_ERROR.groupIdTaken, 'this group exists already')
  }
  hub.createGroup(id, owner)
  return { GroupId: id }
}

function destroyGroup(body: Body, { hub }: { hub: Hub }) {
  if (!hub.dissolveGroup(String(body.GroupId))) throw noSuchGroup()
  return {}
}

function sendNotification(body: Body, { hub }: { hub: Hub }) {
  const group = findGroup(hub, body)
  if (typeof body.Content !== 'string') throw new RestError(REST_ERROR.badParameter, 'Content must be a string')
  group.publish({ from: '', system: true, dataText: toDataText(body.Content), priority: 2 })
  return {}
}

function sendGroupMessage(body: Body, { hub, admin }: { hub: Hub; admin: string }) {
  const group = findGroup(hub, body)
  const priority = PRIORITIES[String(body.MsgPriority ?? 'Normal')]
  if (priority === undefined) throw new RestError(REST_ERROR.badParameter, 'unknown MsgPriority')
  const from = sender(body, admin)
  if (!from.system && group.mutes.silences(from.from)) throw new RestError(REST_ERROR.muted, 'the sender is muted')
  group.publish({ ...from, dataText: readMsgBody(body.MsgBody), priority })
  return { MsgTime: Math.floor(Date.now() / 1000), MsgSeq: group.lastSeq }
}

function onlineMembers(body: Body, { hub }: { hub: Hub }) {
  return { OnlineMemberNum: findGroup(hub, body).online }
}

/** A user who is away does not get it: nothing that travels here may matter that much. */
function sendToUser(body: Body, { hub, admin }: { hub: Hub; admin: string }) {
  if (typeof body.To_Account !== 'string') throw new RestError(REST_ERROR.badParameter, 'To_Account is required')
  hub.sendToUser(body.To_Account, { ...sender(body, admin), dataText: readMsgBody(body.MsgBody) })
  return { MsgTime: Math.floor(Date.now() / 1000), MsgKey: randomUUID() }
}

/** The administrator speaks for the server; for anybody else it is an ordinary message of that user. */
function sender(body: Body, admin: string): { from: string; system: boolean } {
  const from = body.From_Account
  return typeof from === 'string' && from !== admin ? { from, system: false } : { from: '', system: true }
}
