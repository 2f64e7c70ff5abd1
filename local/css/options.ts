/** What the streaming stand-in needs to know; in Tencent's terms: a push domain, a play domain, their keys, a callback. */
export interface StreamingOptions {
  /** Public HTTP port (page, FLV, HLS, API); 0 = any. */
  httpPort: number
  rtmpPort: number
  /** Address to bind; keep it a loopback address. */
  host?: string
  /** Everything that is not streaming is proxied to this port on 127.0.0.1. */
  upstream: { port: number }
  /** AppName, the path of every stream. */
  app?: string
  /** Push domain, as reported by callbacks and the API. */
  domain?: string
  /** Key of txSecret for pushing; empty = no authentication, as on a domain where it is switched off. */
  pushKey: string
  /** A second key for pushing, while keys are rotated: URLs signed with either are taken. */
  pushBackupKey?: string
  /** Key of txSecret for playing; without it everybody may play. The push key opens playing too. */
  playKey?: string
  /** Key of the callbacks' `sign`. */
  callbackKey: string
  /** Where events go; default: `/http/live-callback` on our own HTTP port. */
  callbackUrl?: string
  /** Waits before the retries of a callback, ms. */
  callbackRetryMs?: number[]
  apiSecretId: string
  apiSecretKey: string
  /** Begins the address of recorded files, `<base>/vod/<file>.mp4`; default: our own HTTP port on 127.0.0.1. */
  publicBase?: string
  /** Folder of recorded files and record tasks; the forbid list is kept beside it as `css.json`. */
  mediaDir: string
  /** Path of the ffmpeg that mixes; '' = whatever is on the PATH, null = none. */
  ffmpeg?: string | null
  /** How long a mix may take until its first picture, ms; a little less than callers wait for an answer. */
  mixStartMs?: number
  /** A pusher that sends nothing for so long is ended (errcode 8), ms. */
  idleMs?: number
  /** Rhythm of WebSocket pings, ms; two unanswered ones end the connection. */
  pingMs?: number
}

/** Options with their defaults filled in. The object is live: `configure()` changes it and all parts read it when needed. */
export type StreamingConfig = Required<StreamingOptions>

/** What may change after the start, because the caller learns it only then. */
export type StreamingPatch = Partial<
  Pick<
    StreamingOptions,
    | 'upstream'
    | 'pushKey'
    | 'pushBackupKey'
    | 'playKey'
    | 'callbackKey'
    | 'callbackUrl'
    | 'apiSecretId'
    | 'apiSecretKey'
  >
>

export function withDefaults(options: StreamingOptions): StreamingConfig {
  return {
    host: '127.0.0.1',
    app: 'live',
    domain: 'push.local',
    pushBackupKey: '',
    playKey: '',
    callbackUrl: '',
    publicBase: '',
    callbackRetryMs: [1000, 2000, 4000],
    ffmpeg: '',
    mixStartMs: 4500,
    idleMs: 15_000,
    pingMs: 3000,
    ...options,
  }
}
