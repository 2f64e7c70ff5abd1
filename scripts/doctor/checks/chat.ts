import { Api } from 'tls-sig-api-v2/TLSSigAPIv2.js'
import { readUserSig, userSig } from '../../../cloudfunctions/core/user-sig'
import { type Finding, ok, say, type Text } from '../finding'
import { PLACES } from '../places'
import type { Subject } from '../subject'

/** SDKAppIDs so far: 1400…, 1600…, 2000… and the international 2xxxxxxx, 4xxxxxxx, 7xxxxxxx. */
const APP_ID = /^(\d{8}|\d{10})$/
/** What the console shows. */
const KEY = /^[0-9a-f]{64}$/
const PROBE = 'doctor_probe'
const PROBE_TTL_S = 60

const chat = (id: string, level: Finding['level'], what: Text, why: Text, fix: Text): Finding => ({
  id: `chat.${id}`,
  level,
  what,
  why,
  fix,
})

/** The chat application: shape of its id and key, which chat clients are sent to, and its limits. */
export function checkChat(subject: Subject): Finding[] {
  const { env, local } = subject
  const findings = [...kind(subject), ...(local ? [] : shapes(subject)), ...signature(subject)]
  const fine = ok('chat', say('IM 配置的形状正确', 'the chat settings have the right shape'))
  const good = findings.length === 0 && env.IM_SDK_APP_ID ? [fine] : findings
  return local ? good : [...good, limits()]
}

function kind({ env, local }: Subject): Finding[] {
  if (env.CHAT_KIND?.trim() !== 'local' || local) return []
  const what = say('CHAT_KIND 是 local', 'CHAT_KIND is local')
  const why = say(
    '手机会去连 CHAT_URL 的本地聊天服务，而不是腾讯 IM；上线环境里没有它',
    'phones are sent to the local chat at CHAT_URL instead of Tencent; a real environment has none',
  )
  return [chat('kind', 'error', what, why, say('设为 tim，或删掉它', 'set it to tim, or leave it out'))]
}

function shapes({ env }: Subject): Finding[] {
  const id = env.IM_SDK_APP_ID?.trim() ?? ''
  const key = env.IM_SECRET_KEY?.trim() ?? ''
  const findings: Finding[] = []
  const from = say(`从 ${PLACES.im.zh} 复制`, `copy it from ${PLACES.im.en}`)
  if (id !== '' && !APP_ID.test(id)) {
    const what = say('IM_SDK_APP_ID 不像 SDKAppID', 'IM_SDK_APP_ID does not look like an SDKAppID')
    const why = say(
      '它是 10 位（国际站 8 位）数字，不是小程序 AppID',
      'it has 10 digits (8 in the international console), and is not the AppID',
    )
    findings.push(chat('app-id', 'error', what, why, from))
  }
  if (key !== '' && !KEY.test(key)) {
    const what = say('IM_SECRET_KEY 不是 64 位十六进制', 'IM_SECRET_KEY is not 64 hexadecimal digits')
    const why = say(
      '控制台显示的密钥都是这样；可能复制时少了一段',
      'the console shows such keys; a part may be missing',
    )
    findings.push(chat('key', 'warning', what, why, from))
  }
  return findings
}

/** A UserSig of Tencent's own library is read by ours, and one of ours says the same to it. */
function signature({ env }: Subject): Finding[] {
  const key = { sdkAppId: Number(env.IM_SDK_APP_ID), secretKey: env.IM_SECRET_KEY?.trim() ?? '' }
  if (!(key.sdkAppId > 0) || key.secretKey === '') return []
  const now = Date.now()
  const theirs = new Api(key.sdkAppId, key.secretKey).genUserSig(PROBE, PROBE_TTL_S)
  const ours = userSig(key, PROBE, PROBE_TTL_S, Math.floor(now / 1000))
  if ([theirs, ours].every((sig) => readUserSig(key, sig, now) === PROBE)) return []
  const what = say(
    '用这些值签出的 UserSig 与腾讯的库不一致',
    "a UserSig made with these is not what Tencent's library makes",
  )
  const why = say('没有人能登录 IM', 'nobody can log in to the chat')
  return [
    chat(
      'signature',
      'error',
      what,
      why,
      say('检查密钥里有没有看不见的字符', 'look for invisible characters in the key'),
    ),
  ]
}

const limits = (): Finding =>
  chat(
    'limits',
    'todo',
    say('核对 IM 套餐的直播群（AVChatRoom）限制', 'check the limits of live groups (AVChatRoom) in your plan'),
    say(
      '群数量有上限（超出报 10036）；每人同时只能在一个直播群；每群每秒约 40 条消息，其余按优先级丢弃；系统通知在体验版每天 1000 条，新账号可能已不可用（云函数会自动改用群消息）',
      'the number of groups is limited (10036 beyond it); a person is in one live group at a time; about 40 messages a second per group, the rest is dropped by priority; system notices: 1,000 a day in the trial edition, and withdrawn for new accounts (the functions then send group messages)',
    ),
    say(`${PLACES.im.zh} > 套餐与用量`, `${PLACES.im.en} > plan and usage`),
  )
