import * as v from 'valibot'
import type { SettingState } from '../../miniprogram/protocol/admin'
import type { ServiceConfig } from '../core/ports'
import type { ImConfig } from './im-rest'
import type { CssConfig } from './streaming-css'
import type { TextConfig } from './text'

/** Left as it came with an example file. */
const PLACEHOLDER = /^<.*>$|^(your|my)[-_ ]|change[-_ ]?me|replace[-_ ]?me|placeholder|^(xxx+|todo|example|secret)$/i

const text = v.pipe(
  v.string(),
  v.trim(),
  v.minLength(1, 'is not set'),
  v.check((value) => !PLACEHOLDER.test(value), 'still holds a placeholder'),
)
const secret = v.pipe(text, v.minLength(16, 'must have at least 16 characters'))
const optional = v.optional(v.pipe(v.string(), v.trim()), '')
/** Empty, or a secret as good as the required ones. */
const maybeSecret = v.optional(
  v.union([v.pipe(v.string(), v.trim(), v.value('')), secret], 'must have at least 16 characters'),
  '',
)
const url = (schemes: string[]) =>
  v.pipe(
    text,
    v.check(
      (value) => schemes.some((s) => value.startsWith(`${s}://`)),
      `must begin with ${schemes.join(':// or ')}://`,
    ),
    v.transform((value) => value.replace(/\/+$/, '')),
  )
const maybeUrl = (schemes: string[]) =>
  v.optional(v.union([v.literal(''), url(schemes)], `must be empty, or begin with ${schemes.join(':// or ')}://`), '')
const number = (fallback?: number) => {
  const digits = v.pipe(v.string(), v.regex(/^[1-9]\d{0,11}$/, 'must be a whole number above 0'), v.transform(Number))
  return fallback === undefined ? digits : v.optional(digits, String(fallback))
}
const maybeNumber = v.optional(
  v.pipe(v.string(), v.regex(/^(|[1-9]\d{0,11})$/, 'must be empty or a whole number above 0')),
  '',
)

const NEEDED_BY_TRTC = 'must be set where MEDIA_PLANE is trtc'

const schema = v.pipe(
  // docs/deploy.md explains each.
  v.object({
    // The platform sets one of these two by itself.
    TCB_ENV: v.optional(text),
    SCF_NAMESPACE: v.optional(text),
    LIVE_PUSH_BASE: url(['rtmp', 'rtmps']),
    LIVE_PLAY_BASE: url(['http', 'https']),
    LIVE_RTMP_PLAY_BASE: maybeUrl(['rtmp', 'rtmps']),
    LIVE_WEBRTC_BASE: maybeUrl(['webrtc']),
    LIVE_BIZID: v.optional(v.pipe(v.string(), v.regex(/^\d{0,10}$/, 'must be a number')), ''),
    LIVE_APP: v.optional(text, 'live'),
    LIVE_PUSH_DOMAIN: text,
    LIVE_PUSH_KEY: text,
    LIVE_PUSH_BACKUP_KEY: optional,
    LIVE_PLAY_KEY: optional,
    LIVE_CALLBACK_KEY: text,
    LIVE_API_ENDPOINT: v.optional(text, 'live.tencentcloudapi.com'),
    LIVE_API_PROTOCOL: v.optional(v.picklist(['https://', 'http://'], 'must be https:// or http://'), 'https://'),
    RECORD_TEMPLATE_ID: maybeNumber,
    VOD_SUB_APP_ID: maybeNumber,
    TENCENT_SECRET_ID: text,
    TENCENT_SECRET_KEY: text,
    MEDIA_PLANE: v.optional(v.picklist(['rtmp', 'trtc'], 'must be rtmp or trtc'), 'rtmp'),
    TRTC_SDK_APP_ID: maybeNumber,
    TRTC_SECRET_KEY: optional,
    TRTC_CALLBACK_KEY: optional,
    TRTC_REGION: v.optional(text, 'ap-guangzhou'),
    IM_SDK_APP_ID: number(),
    IM_SECRET_KEY: text,
    IM_ADMIN: v.optional(text, 'administrator'),
    IM_REST_BASE: v.optional(url(['https', 'http']), 'https://console.tim.qq.com'),
    CHAT_KIND: v.optional(v.picklist(['local', 'tim'], 'must be local or tim'), 'tim'),
    CHAT_URL: optional,
    USER_ID_SECRET: secret,
    WEB_TOKEN_SECRET: secret,
    WEB_ORIGINS: optional,
    IM_CALLBACK_TOKEN: optional,
    ADMIN_OPENIDS: optional,
    ADMIN_TOKEN_SECRET: maybeSecret,
    GRACE_MS: number(60_000),
    EVENT_GRACE_MS: number(600_000),
    LEASE_MS: number(180_000),
    VIEWER_LEASE_MS: number(180_000),
    IDLE_MS: number(300_000),
    SEAT_HOLD_MS: number(30_000),
    LINK_WAIT_MS: number(30_000),
    RING_MS: number(30_000),
    QUEUE_WAIT_MS: number(600_000),
    OPEN_QUEUES: optional,
    HEARTBEAT_MS: number(60_000),
    POLL_MS: number(60_000),
    PUSH_TTL_S: number(86_400),
    LOW_LATENCY_TTL_S: number(600),
    EVENT_PUSH_TTL_S: number(604_800),
    CHAT_VERDICT_MS: number(1_500),
    TEXT_CHECK: v.optional(v.picklist(['wx', 'words', 'off'], 'must be wx, words or off'), 'wx'),
    TEXT_FAIL: v.optional(v.picklist(['open', 'closed'], 'must be open or closed'), 'open'),
    TEXT_REVIEW: v.optional(v.picklist(['pass', 'refuse'], 'must be pass or refuse'), 'pass'),
    TEXT_WORDS: optional,
    TEXT_WORDS_FILE: optional,
  }),
  v.forward(
    v.check((e) => (e.TCB_ENV ?? e.SCF_NAMESPACE) !== undefined, 'is not set'),
    ['TCB_ENV'],
  ),
  v.forward(
    v.check(
      (e) => e.LIVE_PLAY_KEY === '' || e.LIVE_PLAY_KEY !== e.LIVE_PUSH_KEY,
      'must differ from LIVE_PUSH_KEY, or a viewer could push',
    ),
    ['LIVE_PLAY_KEY'],
  ),
  v.forward(
    v.check(
      (e) => e.LIVE_PLAY_KEY === '' || e.LIVE_PLAY_KEY !== e.LIVE_PUSH_BACKUP_KEY,
      'must differ from LIVE_PUSH_BACKUP_KEY, or a viewer could push',
    ),
    ['LIVE_PLAY_KEY'],
  ),
  v.forward(
    v.check((e) => e.MEDIA_PLANE === 'rtmp' || e.TRTC_SDK_APP_ID !== '', NEEDED_BY_TRTC),
    ['TRTC_SDK_APP_ID'],
  ),
  v.forward(
    v.check((e) => e.MEDIA_PLANE === 'rtmp' || e.TRTC_SECRET_KEY !== '', NEEDED_BY_TRTC),
    ['TRTC_SECRET_KEY'],
  ),
  v.forward(
    v.check((e) => e.CHAT_KIND === 'tim' || /^wss?:\/\//.test(e.CHAT_URL), 'must be a ws:// or wss:// address'),
    ['CHAT_URL'],
  ),
)

/** Every variable that the functions read, with its default; undefined where there is none. */
export const variables = (): Record<string, string | undefined> =>
  Object.fromEntries(
    Object.entries(schema.entries).map(([name, entry]) => [name, 'default' in entry ? entry.default : undefined]),
  )

export interface Config {
  env: string
  service: ServiceConfig
  streaming: CssConfig
  im: ImConfig
  text: TextConfig
  callbackKey: string
  /** Signs what TRTC tells; empty: that door is closed. */
  trtcCallbackKey: string
  webTokenSecret: string
  /** Signs what the chat service asks; empty: that door is closed. */
  imCallbackToken: string
  /** OPENIDs of the operators. */
  adminOpenids: string[]
  /** Signs operators' tokens; empty: none is good. */
  adminTokenSecret: string
  /** Origins that browsers may call from; empty means none. */
  webOrigins: string[]
}

/** A variable that cannot be used as it is, and why, without its value. */
export interface ConfigProblem {
  name: string
  /** `is not set`, `still holds a placeholder`, `must ...` */
  problem: string
}

type Environment = Readonly<Record<string, string | undefined>>
const parsed = (environment: Environment) => v.safeParse(schema, environment, { abortPipeEarly: true })

/** Everything that `readConfig` would refuse. Rules between two variables are looked at once each alone is right. */
export function configProblems(environment: Environment): ConfigProblem[] {
  return (parsed(environment).issues ?? []).map((issue) => {
    const name = v.getDotPath(issue) ?? ''
    return { name, problem: environment[name] === undefined ? 'is not set' : issue.message }
  })
}

/** Reads the function's environment. Throws one error that names every variable that is missing or wrong. */
export function readConfig(environment: Environment): Config {
  const result = parsed(environment)
  if (!result.success) {
    const problems = configProblems(environment).map(({ name, problem }) => `${name} ${problem}`)
    throw new Error(`configuration: ${problems.join('; ')}`)
  }
  const e = result.output
  const env = e.TCB_ENV ?? e.SCF_NAMESPACE ?? ''
  const trtc = { sdkAppId: Number(e.TRTC_SDK_APP_ID), secretKey: e.TRTC_SECRET_KEY }
  const im = { sdkAppId: e.IM_SDK_APP_ID, secretKey: e.IM_SECRET_KEY }
  return {
    env,
    service: {
      userIdSecret: e.USER_ID_SECRET,
      storageEnv: env,
      live: {
        pushBase: e.LIVE_PUSH_BASE,
        playBase: e.LIVE_PLAY_BASE,
        rtmpPlayBase: e.LIVE_RTMP_PLAY_BASE || e.LIVE_PLAY_BASE.replace(/^https?:/, 'rtmp:'),
        webrtcBase: e.LIVE_WEBRTC_BASE,
        bizid: e.LIVE_BIZID,
        pushKey: e.LIVE_PUSH_KEY,
        pushBackupKey: e.LIVE_PUSH_BACKUP_KEY,
        playKey: e.LIVE_PLAY_KEY,
        pushTtlS: e.PUSH_TTL_S,
        lowLatencyTtlS: e.LOW_LATENCY_TTL_S,
        eventPushTtlS: e.EVENT_PUSH_TTL_S,
      },
      media: e.MEDIA_PLANE === 'rtmp' ? { kind: 'rtmp' } : { kind: 'trtc', ...trtc, ttlS: e.PUSH_TTL_S },
      chat: e.CHAT_KIND === 'local' ? { kind: 'local', url: e.CHAT_URL } : { kind: 'tim', admin: e.IM_ADMIN },
      im,
      settings: { heartbeatMs: e.HEARTBEAT_MS, pollMs: e.POLL_MS },
      graceMs: e.GRACE_MS,
      eventGraceMs: e.EVENT_GRACE_MS,
      leaseMs: e.LEASE_MS,
      viewerLeaseMs: e.VIEWER_LEASE_MS,
      idleMs: e.IDLE_MS,
      seatHoldMs: e.SEAT_HOLD_MS,
      linkWaitMs: e.LINK_WAIT_MS,
      ringMs: e.RING_MS,
      queueWaitMs: e.QUEUE_WAIT_MS,
      openQueues: listOf(e.OPEN_QUEUES),
      verdictMs: e.CHAT_VERDICT_MS,
      textFailClosed: e.TEXT_FAIL === 'closed',
    },
    streaming: {
      secretId: e.TENCENT_SECRET_ID,
      secretKey: e.TENCENT_SECRET_KEY,
      endpoint: e.LIVE_API_ENDPOINT,
      protocol: e.LIVE_API_PROTOCOL,
      pushDomain: e.LIVE_PUSH_DOMAIN,
      app: e.LIVE_APP,
      ...(e.MEDIA_PLANE === 'rtmp' ? {} : { trtc: { sdkAppId: trtc.sdkAppId, region: e.TRTC_REGION } }),
      ...(e.RECORD_TEMPLATE_ID === '' ? {} : { recordTemplateId: Number(e.RECORD_TEMPLATE_ID) }),
      ...(e.VOD_SUB_APP_ID === '' ? {} : { vodSubAppId: Number(e.VOD_SUB_APP_ID) }),
    },
    im: { ...im, base: e.IM_REST_BASE, admin: e.IM_ADMIN },
    text: {
      env,
      check: e.TEXT_CHECK,
      review: e.TEXT_REVIEW,
      words: e.TEXT_WORDS,
      wordsFile: e.TEXT_WORDS_FILE,
    },
    callbackKey: e.LIVE_CALLBACK_KEY,
    trtcCallbackKey: e.TRTC_CALLBACK_KEY,
    webTokenSecret: e.WEB_TOKEN_SECRET,
    webOrigins: listOf(e.WEB_ORIGINS),
    imCallbackToken: e.IM_CALLBACK_TOKEN,
    adminOpenids: listOf(e.ADMIN_OPENIDS),
    adminTokenSecret: e.ADMIN_TOKEN_SECRET,
  }
}

/** Of every variable: is it set, does it have its default, or nothing? Never what it holds. */
export const settingStates = (environment: Environment): Record<string, SettingState> =>
  Object.fromEntries(
    Object.entries(variables()).map(([name, standard]) => [
      name,
      environment[name] ? 'set' : standard === undefined || standard === '' ? 'none' : 'default',
    ]),
  )

/** What is separated by commas. */
const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean)
