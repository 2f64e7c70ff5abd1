import { createImRest, ImError } from '../../../cloudfunctions/adapters/im-rest'
import { type Finding, ok, say, type Text } from '../finding'
import { PLACES } from '../places'
import { causeOf, within } from './limit'

/** A group that nobody has: being told so is the answer of a healthy service. */
const NO_GROUP = 'doctor-no-such-group'
const GROUP_UNKNOWN = new Set([10010, 10015])

const KEY: [Text, Text] = [
  say(
    'IM_SECRET_KEY 不是 IM_SDK_APP_ID 这个应用的密钥',
    'IM_SECRET_KEY is not the key of the application IM_SDK_APP_ID',
  ),
  say(`从同一个应用复制两者：${PLACES.im.zh}`, `copy both from the same application: ${PLACES.im.en}`),
]
const CLOCK: [Text, Text] = [
  say('签名已过期：时钟不准', 'the signature is over: the clock is wrong'),
  say('校准这台机器的时钟（自动对时）', 'set the clock of this machine (time synchronisation)'),
]
const ADMIN: [Text, Text] = [
  say('IM_ADMIN 不是这个应用的管理员', 'IM_ADMIN is not an administrator of the application'),
  say(
    '即时通信 IM 控制台 > 账号管理：用那里的管理员账号（默认 administrator）',
    'Chat console > Users: use the administrator named there (administrator by default)',
  ),
]
const PLAN: [Text, Text] = [
  say('应用被停用，或套餐到期', 'the application is disabled, or its plan is over'),
  say('即时通信 IM 控制台 > 应用：看状态和套餐', 'Chat console > the application: see its state and plan'),
]
const APP: [Text, Text] = [
  say('没有这个 SDKAppID，或它不在这个地域', 'there is no such SDKAppID, or it lives in another region'),
  say(
    `核对 IM_SDK_APP_ID；应用不在中国大陆时 IM_REST_BASE 要换成它的地域的地址。${PLACES.im.zh}`,
    `check IM_SDK_APP_ID; outside mainland China IM_REST_BASE is the address of its region. ${PLACES.im.en}`,
  ),
]
const ADDRESS: [Text, Text] = [
  say('这台机器的 IP 不在允许名单里', 'the address of this machine is not on the list of those that may call'),
  say(
    '即时通信 IM 控制台 > 开发配置：加入云函数的出口 IP，或关掉名单',
    'Chat console > development settings: add the outgoing address of the functions, or switch the list off',
  ),
]

/** ErrorCodes of the chat's server API: why, and what to do. */
const ADVICE: Readonly<Record<number, readonly [why: Text, fix: Text]>> = {
  60004: ADMIN,
  60005: ADMIN,
  60006: APP,
  60010: ADMIN,
  60012: APP,
  60016: PLAN,
  60020: PLAN,
  60021: ADDRESS,
  70001: CLOCK,
  70003: KEY,
  70005: KEY,
  70009: KEY,
  70013: ADMIN,
  70014: APP,
  70020: APP,
}

export function chatAdvice(code: number): { why: Text; fix: Text } | null {
  const [why, fix] = ADVICE[code] ?? []
  return why && fix ? { why, fix } : null
}

/** A harmless question to the chat's server API: how many are in a group that does not exist. */
export async function checkChatApi(config: Parameters<typeof createImRest>[0], limitMs: number): Promise<Finding[]> {
  try {
    await within(limitMs, createImRest(config).onlineCount(NO_GROUP))
  } catch (error) {
    const refused = error instanceof ImError && error.code !== null
    if (!refused || !GROUP_UNKNOWN.has(error.code as number)) return [failure(error)]
  }
  return [ok('online.chat', say('IM 的服务端接口接受这些密钥', "the chat's server API accepts these keys"))]
}

function failure(error: unknown): Finding {
  const code = error instanceof ImError ? error.code : null
  if (code === null) {
    const said = error instanceof ImError ? error.message : causeOf(error)
    return {
      id: 'online.chat',
      level: 'error',
      what: say(`IM 没有回答：${said}`, `the chat does not answer: ${said}`),
      why: say('房间建不出聊天群', 'no room gets its group'),
      fix: say('检查 IM_REST_BASE 和网络', 'check IM_REST_BASE and the network'),
    }
  }
  const advice = chatAdvice(code)
  const said = (error as ImError).message
  return {
    id: 'online.chat',
    level: 'error',
    what: say(`IM 拒绝了调用：ErrorCode ${code}`, `the chat refused the call: ErrorCode ${code}`),
    why: advice?.why ?? say(said, said),
    fix:
      advice?.fix ?? say('在 IM 的错误码文档里查这个数字', 'look the number up in the error codes of the Chat product'),
  }
}
