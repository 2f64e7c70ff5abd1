import type { Hub } from './hub'
import { FOR_GOOD_S } from './mutes'
import { type Body, findGroup } from './rest-body'
import { REST_ERROR, RestError } from './rest-errors'

/** Tencent's bound for one call. */
const MEMBERS_MAX = 500

/** The commands that keep members from writing; the older names of fields and commands are understood too. */
export const MUTE_COMMANDS = [
  ['group_open_http_svc/forbid_send_msg', forbid],
  ['group_open_http_svc/modify_group_base_info', modifyGroup],
  ['group_open_http_svc/get_group_muted_account', listAs('MutedAccountList', 'MutedUntil')],
  ['group_open_http_svc/get_group_shutted_uin', listAs('ShuttedUinList', 'ShuttedUntil')],
] as const

function forbid(body: Body, { hub }: { hub: Hub }) {
  const group = findGroup(hub, body)
  const members: unknown = body.Members_Account
  if (!Array.isArray(members) || members.length === 0 || !members.every((id) => typeof id === 'string' && id)) {
    throw new RestError(REST_ERROR.badParameter, 'Members_Account must be a list of accounts')
  }
  if (members.length > MEMBERS_MAX) {
    throw new RestError(REST_ERROR.tooManyAccounts, `Members_Account: ${MEMBERS_MAX} accounts at the most`)
  }
  const seconds = body.MuteTime ?? body.ShutUpTime
  if (!Number.isSafeInteger(seconds) || Number(seconds) < 0 || Number(seconds) > FOR_GOOD_S) {
    throw new RestError(REST_ERROR.badParameter, 'MuteTime must be whole seconds, 0 to 4294967295')
  }
  hub.mute(group, members, Number(seconds))
  return {}
}

/** Of all that a group is, only whether everybody is muted means something here; the rest is taken and forgotten. */
function modifyGroup(body: Body, { hub }: { hub: Hub }) {
  const group = findGroup(hub, body)
  const all = body.ShutUpAllMember ?? body.MuteAllMember
  if (all === undefined) return {}
  if (all !== 'On' && all !== 'Off') throw new RestError(REST_ERROR.badParameter, 'ShutUpAllMember must be On or Off')
  hub.muteAll(group, all === 'On')
  return {}
}

function listAs(list: string, until: string) {
  return (body: Body, { hub }: { hub: Hub }) => {
    const group = findGroup(hub, body)
    const muted = group.mutes.list()
    const entries = muted.map((one) => ({ Member_Account: one.userId, [until]: Math.floor(one.until / 1000) }))
    return { GroupId: group.id, [list]: entries }
  }
}
