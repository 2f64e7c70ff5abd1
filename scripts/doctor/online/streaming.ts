import { createCssStreaming } from '../../../cloudfunctions/adapters/streaming-css'
import { type Finding, ok, same, say, type Text } from '../finding'
import { PLACES } from '../places'
import { causeOf, within } from './limit'

type Advice = readonly [beginning: string, why: Text, fix: Text]

const CLOCK = say('校准这台机器的时钟（自动对时）', 'set the clock of this machine (time synchronisation)')
const KEYS = say(
  `TENCENT_SECRET_ID 和 TENCENT_SECRET_KEY 从同一行复制：${PLACES.apiKeys.zh}`,
  `copy TENCENT_SECRET_ID and TENCENT_SECRET_KEY from one and the same line: ${PLACES.apiKeys.en}`,
)
const GRANT = say(
  '访问管理控制台 > 策略：给子用户 live:DescribeLiveStreamOnlineList、ForbidLiveStream、ResumeLiveStream、DropLiveStream 等权限（清单见 docs/deploy.zh-CN.md）',
  'Cloud Access Management console > Policies: allow the sub-user live:DescribeLiveStreamOnlineList, ForbidLiveStream, ResumeLiveStream, DropLiveStream and the rest (list in docs/deploy.md)',
)
const DOMAIN = say(
  `对照 ${PLACES.domains.zh} 检查 LIVE_PUSH_DOMAIN 和 LIVE_APP，以及密钥属于同一个账号`,
  `compare LIVE_PUSH_DOMAIN and LIVE_APP with ${PLACES.domains.en}, and see that the key is of the same account`,
)

/** Tencent's error codes by their beginning (common error codes of API 3.0, and those of the live product). */
const ADVICE: readonly Advice[] = [
  [
    'AuthFailure.SecretIdNotFound',
    say('没有这个 SecretId，或已被删除、禁用', 'there is no such SecretId, or it is deleted or disabled'),
    KEYS,
  ],
  ['AuthFailure.InvalidSecretId', say('SecretId 不是云 API 的密钥', 'the SecretId is none of the cloud API'), KEYS],
  [
    'AuthFailure.SignatureFailure',
    say('TENCENT_SECRET_KEY 与 TENCENT_SECRET_ID 不配对', 'TENCENT_SECRET_KEY does not belong to TENCENT_SECRET_ID'),
    KEYS,
  ],
  [
    'AuthFailure.SignatureExpire',
    say(
      '签名的时间与腾讯的时钟相差超过 5 分钟',
      "the time of the signature is more than 5 minutes off Tencent's clock",
    ),
    CLOCK,
  ],
  ['AuthFailure.UnauthorizedOperation', say('这个子用户没有权限', 'this sub-user may not do it'), GRANT],
  ['AuthFailure', say('认证没有通过', 'the credentials were refused'), KEYS],
  ['UnauthorizedOperation', say('这个子用户没有权限', 'this sub-user may not do it'), GRANT],
  ['ResourceNotFound', say('云直播不认识这个域名', 'the streaming cloud does not know this domain'), DOMAIN],
  [
    'InvalidParameter',
    say('云直播不接受这个域名或 AppName', 'the streaming cloud does not accept this domain or app name'),
    DOMAIN,
  ],
  [
    'ResourceUnavailable',
    say('云直播服务没有开通，或已停服', 'the live streaming service is not activated, or suspended'),
    same('https://console.cloud.tencent.com/live'),
  ],
  ['RequestLimitExceeded', say('调用太频繁', 'too many calls'), say('过一分钟再试', 'try again in a minute')],
  [
    'NoSuchVersion',
    say('那里没有这个版本的接口', 'there is no such version of the API'),
    say('检查 LIVE_API_ENDPOINT', 'check LIVE_API_ENDPOINT'),
  ],
]

/** `AuthFailure.SignatureFailure`; the codes of a broken connection are in capitals: `ECONNREFUSED`. */
const API_CODE = /^[A-Z][a-z]+[A-Za-z]*(\.|$)/
const UNHEARD = {
  why: say('没有连上', 'no connection'),
  fix: say(
    '检查网络、代理、LIVE_API_ENDPOINT 和 LIVE_API_PROTOCOL',
    'check the network, a proxy, LIVE_API_ENDPOINT and LIVE_API_PROTOCOL',
  ),
}
const UNKNOWN = {
  why: say('云直播拒绝了这次调用', 'the streaming cloud refused the call'),
  fix: say('在云直播 API 的错误码文档里查它', 'look it up in the error codes of the live streaming API'),
}

/** What to do about an error code of the streaming API; null for one that is no code of it. */
export function streamingAdvice(code: string): { why: Text; fix: Text } | null {
  const [, why, fix] = ADVICE.find(([beginning]) => code.startsWith(beginning)) ?? []
  return why && fix ? { why, fix } : null
}

/** Asks the streaming API for the streams that are on, with the credentials that the functions will have. */
export async function checkStreamingApi(
  config: Parameters<typeof createCssStreaming>[0],
  limitMs: number,
): Promise<Finding[]> {
  try {
    const streams = await within(limitMs, createCssStreaming(config).online())
    return [
      ok(
        'online.streaming',
        say(
          `云直播 API 有回答，在线流 ${streams.size} 条`,
          `the streaming API answers; ${streams.size} streams are on`,
        ),
      ),
    ]
  } catch (error) {
    const { code } = error as { code?: unknown }
    const refused = typeof code === 'string' && API_CODE.test(code)
    const name = refused ? code : causeOf(error)
    const { why, fix } = refused ? (streamingAdvice(code) ?? UNKNOWN) : UNHEARD
    return [
      {
        id: 'online.streaming',
        level: 'error',
        what: say(`云直播 API 失败：${name}`, `the streaming API failed: ${name}`),
        why,
        fix,
      },
    ]
  }
}
