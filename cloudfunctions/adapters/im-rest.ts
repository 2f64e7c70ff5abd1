import type { Chat } from '../core/ports'
import { createImClient, type ImClock, type ImConfig, random32, systemClock } from './im/client'
import { GROUP_IS_GONE, GROUP_IS_OURS, ImError } from './im/error'

export { type ImConfig, ImError }

/** Tencent's bound for one `forbid_send_msg`. */
const MUTE_BATCH = 500
/** Tencent's word for "for good": the largest number of 32 bits. */
const FOR_GOOD_S = 2 ** 32 - 1

/** Tencent chat's server side. Every method rejects with ImError. */
export function createImRest(config: ImConfig, clock: Partial<ImClock> = {}): Chat {
  const call = createImClient(config, { ...systemClock, ...clock })
  const unless = (code: number) => (error: unknown) => {
    if (!(error instanceof ImError) || error.code !== code) throw error
  }

  /** System notices are withdrawn for new accounts: once one was refused and a message went through, messages it is. */
  let notices = true
  /** Tencent drops a second message with the same content and Random, so that a repeat is safe. */
  const asMessage = (roomId: string, text: string) =>
    call(
      'group_open_http_svc/send_group_msg',
      {
        GroupId: roomId,
        From_Account: config.admin,
        Random: random32(),
        MsgPriority: 'High',
        MsgBody: customElement(text),
      },
      'safe',
    )

  /** Null, or why not. */
  const asNotice = (roomId: string, text: string): Promise<ImError | null> =>
    call('group_open_http_svc/send_group_system_notification', { GroupId: roomId, Content: text }, 'once').then(
      () => null,
      (error: ImError) => error,
    )

  const toOne = async (account: string, message: object): Promise<void> => {
    await call(
      'openim/sendmsg',
      {
        // A hint: not kept for a person who is away, and harmless when it comes twice.
        MsgLifeTime: 0,
        SyncOtherMachine: 2,
        From_Account: config.admin,
        To_Account: account,
        MsgRandom: random32(),
        MsgBody: customElement(JSON.stringify(message)),
      },
      'safe',
    )
  }

  return {
    async createGroup(roomId) {
      const group = { Owner_Account: config.admin, Type: 'AVChatRoom', GroupId: roomId, Name: roomId }
      await call('group_open_http_svc/create_group', group, 'safe').catch(unless(GROUP_IS_OURS))
    },
    async destroyGroup(roomId) {
      await call('group_open_http_svc/destroy_group', { GroupId: roomId }, 'safe').catch(unless(GROUP_IS_GONE))
    },
    async notify(roomId, message) {
      const text = JSON.stringify(message)
      if (notices) {
        const refusal = await asNotice(roomId, text)
        if (!refusal) return
        if (refusal.code === null || refusal.code === GROUP_IS_GONE) throw refusal
        await asMessage(roomId, text)
        // A refusal that will be over in a moment says nothing about the account.
        if (!refusal.passing && !refusal.tooMany) notices = false
      } else await asMessage(roomId, text)
    },
    async pushersChanged(roomId) {
      // The terminals of 2018 look at system notices only, later ones at messages; who sees both asks twice.
      const changed = (data: unknown) => JSON.stringify({ cmd: 'notifyPusherChange', data })
      if (notices) await asNotice(roomId, changed(''))
      await asMessage(roomId, changed({ userID: '' }))
    },
    tell: toOne,
    tellOld: toOne,
    async mute(roomId, userIds, seconds) {
      const people = [...new Set(userIds)]
      for (let at = 0; at < people.length; at += MUTE_BATCH) {
        const members = people.slice(at, at + MUTE_BATCH)
        await call(
          'group_open_http_svc/forbid_send_msg',
          { GroupId: roomId, Members_Account: members, MuteTime: wholeSeconds(seconds) },
          'safe',
        )
      }
    },
    async muteAll(roomId, on) {
      const change = { GroupId: roomId, ShutUpAllMember: on ? 'On' : 'Off' }
      await call('group_open_http_svc/modify_group_base_info', change, 'safe')
    },
    async onlineCount(roomId) {
      const service = 'group_open_http_svc/get_online_member_num'
      const { OnlineMemberNum: online } = await call(service, { GroupId: roomId }, 'safe')
      if (!Number.isSafeInteger(online)) throw new ImError(service, null, 'no OnlineMemberNum in the answer')
      return online as number
    },
  }
}

const customElement = (text: string) => [{ MsgType: 'TIMCustomElem', MsgContent: { Data: text, Desc: '', Ext: '' } }]

const wholeSeconds = (seconds: number): number => Math.min(FOR_GOOD_S, Math.max(0, Math.ceil(seconds)))
