import { CssError } from './error'

export interface CssConfig {
  secretId: string
  secretKey: string
  /** `live.tencentcloudapi.com`, or where a stand-in listens (host:port). */
  endpoint: string
  /** `https://` or, for a stand-in on the same machine, `http://`. */
  protocol: string
  pushDomain: string
  app: string
  /** Of TRTC, where calls travel by it. */
  trtc?: { sdkAppId: number; region: string }
  /** Application of VOD that keeps the recordings; absent: the account's main one. */
  vodSubAppId?: number
  /** Template of the recordings, which says their format; absent: Tencent's own, HLS. */
  recordTemplateId?: number
}

/** `Response` of a call that was not refused. */
export type Answer = Readonly<Record<string, unknown>>
export type Call = (service: keyof typeof VERSIONS, action: string, params: object) => Promise<Answer>

const VERSIONS = { live: '2018-08-01', vod: '2018-07-17', trtc: '2019-07-22' } as const
const TIMEOUT_S = 5
const WHAT_MAX = 200
const SAME_MACHINE = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?$/

/**
 * Calls of Tencent's API through its own client, which is loaded when first needed: most calls of a function need none of
 * it. Its generic client: the typed ones bring a method for each of some hundred actions of which we use ten. Rejects with
 * CssError only.
 */
export function createCssClient(config: CssConfig, timeoutS = TIMEOUT_S): Call {
  const connect = async (service: keyof typeof VERSIONS) => {
    const { CommonClient } = await import('tencentcloud-sdk-nodejs/tencentcloud/common/common_client')
    // The others have the same address but for their name; a stand-in has one address for all.
    const endpoint = config.endpoint.replace(/^live\./, `${service}.`)
    return new CommonClient(endpoint, VERSIONS[service], {
      credential: { secretId: config.secretId, secretKey: config.secretKey },
      region: service === 'trtc' ? (config.trtc?.region ?? '') : '',
      profile: { httpProfile: { endpoint, protocol: config.protocol, reqTimeout: timeoutS } },
    })
  }
  const clients: Partial<Record<keyof typeof VERSIONS, ReturnType<typeof connect>>> = {}

  /** What Tencent echoes may hold what was sent. */
  const plain = (text: string): string =>
    [config.secretKey, config.secretId].reduce((all, secret) => all.replaceAll(secret, '[secret]'), text)

  const readable = config.protocol !== 'https://' && !SAME_MACHINE.test(config.endpoint)

  return async (service, action, params) => {
    if (readable) throw new CssError(action, null, 'plain HTTP is for a stand-in on the same machine')
    clients[service] ??= connect(service)
    const client = await clients[service]
    let answer: unknown
    try {
      answer = await client.request(action, params)
    } catch (error) {
      const { code, message } = error as { code?: unknown; message?: unknown }
      const refused = typeof code === 'string' && code !== ''
      throw new CssError(action, refused ? code : null, plain(String(message)).slice(0, WHAT_MAX))
    }
    if (typeof answer !== 'object' || answer === null)
      throw new CssError(action, null, 'the answer has an unknown shape')
    return answer as Answer
  }
}
