import type { Keys } from './data-dir'

/** The settings that the local parts and the cloud functions share; the operator of a real cloud sets the same ones. */
export interface CloudSettings {
  LIVE_APP: string
  LIVE_PUSH_DOMAIN: string
  LIVE_PUSH_KEY: string
  /** While keys are rotated: the other key whose push URLs are taken. Empty = none. */
  LIVE_PUSH_BACKUP_KEY: string
  LIVE_PLAY_KEY: string
  LIVE_CALLBACK_KEY: string
  TENCENT_SECRET_ID: string
  TENCENT_SECRET_KEY: string
  IM_SDK_APP_ID: string
  IM_SECRET_KEY: string
  IM_ADMIN: string
  IM_CALLBACK_TOKEN: string
  USER_ID_SECRET: string
  WEB_TOKEN_SECRET: string
  ADMIN_TOKEN_SECRET: string
}

/** Where the parts answer, known once they listen. */
export interface Endpoints {
  httpPort: number
  rtmpPort: number
  databaseUrl: string
}

type Env = Readonly<Record<string, string | undefined>>

/** What is set in `env` wins over this laptop's own keys. */
export function cloudSettings(env: Env, keys: Keys): CloudSettings {
  const own: CloudSettings = {
    LIVE_APP: 'live',
    LIVE_PUSH_DOMAIN: 'push.local',
    LIVE_PUSH_KEY: keys.pushKey,
    LIVE_PUSH_BACKUP_KEY: '',
    LIVE_PLAY_KEY: '',
    LIVE_CALLBACK_KEY: keys.callbackKey,
    TENCENT_SECRET_ID: keys.apiSecretId,
    TENCENT_SECRET_KEY: keys.apiSecretKey,
    IM_SDK_APP_ID: String(keys.chatAppId),
    IM_SECRET_KEY: keys.chatSecretKey,
    IM_ADMIN: 'administrator',
    IM_CALLBACK_TOKEN: keys.chatCallbackToken,
    USER_ID_SECRET: keys.userIdSecret,
    WEB_TOKEN_SECRET: keys.webTokenSecret,
    ADMIN_TOKEN_SECRET: keys.adminTokenSecret,
  }
  return override(own, env)
}

/** The whole environment of the cloud functions on this laptop: the shared settings, and every endpoint led here. */
export function functionEnv(env: Env, settings: CloudSettings, { httpPort, rtmpPort, databaseUrl }: Endpoints): Env {
  const host = `127.0.0.1:${httpPort}`
  const rhythms = {
    GRACE_MS: '60000',
    LEASE_MS: '180000',
    VIEWER_LEASE_MS: '180000',
    IDLE_MS: '300000',
    SEAT_HOLD_MS: '30000',
    LINK_WAIT_MS: '30000',
    RING_MS: '30000',
    QUEUE_WAIT_MS: '600000',
    HEARTBEAT_MS: '60000',
    POLL_MS: '60000',
    PUSH_TTL_S: '86400',
  }
  const addresses = {
    LIVE_PUSH_BASE: `rtmp://127.0.0.1:${rtmpPort}/${settings.LIVE_APP}`,
    LIVE_PLAY_BASE: `http://${host}/${settings.LIVE_APP}`,
    LIVE_RTMP_PLAY_BASE: `rtmp://127.0.0.1:${rtmpPort}/${settings.LIVE_APP}`,
    LIVE_API_ENDPOINT: host,
    LIVE_API_PROTOCOL: 'http://',
    IM_REST_BASE: `http://${host}/im`,
    CHAT_KIND: 'local',
    CHAT_URL: `ws://${host}/im/ws`,
  }
  // With MEDIA_PLANE=trtc calls are signed for a room that is nowhere; the preview says so.
  const trtc = { TRTC_SDK_APP_ID: settings.IM_SDK_APP_ID, TRTC_SECRET_KEY: settings.IM_SECRET_KEY }
  // WeChat's own check needs WeChat; these words stand for whatever an operator would not have.
  const texts = { TEXT_CHECK: 'words', TEXT_WORDS: 'forbidden-word,禁用词' }
  // A service desk to try: whoever wants to is an agent of it.
  const people = { OPEN_QUEUES: 'desk' }
  return {
    ...env,
    ...settings,
    ...override({ ...rhythms, ...addresses, ...trtc, ...texts, ...people }, env),
    ...sdkEnv(databaseUrl),
  }
}

/** Leads the real SDKs to the local database; without credentials they would look for a metadata service. */
export const sdkEnv = (databaseUrl: string) => ({
  TCB_CONTEXT_CNFG: JSON.stringify({ URL: databaseUrl }),
  TCB_ENV: 'local',
  SCF_NAMESPACE: 'local',
  TENCENTCLOUD_SECRETID: 'local',
  TENCENTCLOUD_SECRETKEY: 'local',
  TENCENTCLOUD_RUNENV: 'SCF',
  TENCENTCLOUD_REGION: 'local',
})

function override<T extends object>(defaults: T, env: Env): T {
  const set = Object.keys(defaults).flatMap((name) => (env[name] ? [[name, env[name]]] : []))
  return { ...defaults, ...Object.fromEntries(set) }
}
