import { randomInt } from 'node:crypto'
import type { Chat } from '../core/ports'
import { userSig } from '../core/user-sig'

export interface ImConfig {
  /** `https://console.tim.qq.com`, or where a stand-in listens. */
  base: string
  sdkAppId: number
  secretKey: string
  /** Account of the administrator. Its signature never leaves the server. */
  admin: string
}

const TIMEOUT_MS = 2500
const SIG_TTL_S = 3600
/** The group is ours already (create), or gone already (destroy). */
const GROUP_IS_OURS = 10025
const GROUP_IS_GONE = 10010

/** Tencent chat refused a call; `code` is its ErrorCode. */
class ImError extends Error {
  readonly code: number
  constructor(service: string, code: number, info: string) {
    super(`${service}: ${code} ${info}`)
    this.code = code
  }
}

/** Tencent chat's server side. */
export function createImRest(config: ImConfig, now: () => number = Date.now): Chat {
  const post = async (service: string, body: object): Promise<void> => {
    const query = new URLSearchParams({
      sdkappid: String(config.sdkAppId),
      identifier: config.admin,
      usersig: userSig(config, config.admin, SIG_TTL_S, Math.floor(now() / 1000)),
      random: String(randomInt(2 ** 32)),
      contenttype: 'json',
    })
    const response = await fetch(`${config.base}/v4/${service}?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    // HTTP 200 is no success: the code is in the body.
    const answer = (await response.json().catch(() => null)) as { ErrorCode?: unknown; ErrorInfo?: unknown } | null
    if (typeof answer?.ErrorCode !== 'number') throw new Error(`${service}: HTTP ${response.status}, no ErrorCode`)
    if (answer.ErrorCode !== 0)
      throw new ImError(service, answer.ErrorCode, String(answer.ErrorInfo ?? '').slice(0, 200))
  }
  /** Once more when nobody answered; a refusal stands. */
  const insist = async (service: string, body: object): Promise<void> => {
    try {
      await post(service, body)
    } catch (error) {
      if (error instanceof ImError) throw error
      await post(service, body)
    }
  }
  const unless = (code: number) => (error: unknown) => {
    if (!(error instanceof ImError) || error.code !== code) throw error
  }

  /** System notices are withdrawn for new accounts: once one was refused and a message went through, messages it is. */
  let notices = true
  const asMessage = (roomId: string, text: string): Promise<void> =>
    post('group_open_http_svc/send_group_msg', {
      GroupId: roomId,
      From_Account: config.admin,
      Random: randomInt(2 ** 32),
      MsgPriority: 'High',
      MsgBody: [{ MsgType: 'TIMCustomElem', MsgContent: { Data: text, Desc: '', Ext: '' } }],
    })

  return {
    createGroup: (roomId) =>
      insist('group_open_http_svc/create_group', {
        Owner_Account: config.admin,
        Type: 'AVChatRoom',
        GroupId: roomId,
        Name: roomId,
      }).catch(unless(GROUP_IS_OURS)),
    destroyGroup: (roomId) =>
      insist('group_open_http_svc/destroy_group', { GroupId: roomId }).catch(unless(GROUP_IS_GONE)),
    async notify(roomId, message) {
      const text = JSON.stringify(message)
      if (!notices) return asMessage(roomId, text)
      try {
        await post('group_open_http_svc/send_group_system_notification', { GroupId: roomId, Content: text })
      } catch (error) {
        if (!(error instanceof ImError)) throw error
        await asMessage(roomId, text)
        notices = false
      }
    },
  }
}
