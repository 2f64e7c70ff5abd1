/** Where the room service is. */
export type Backend =
  /** Cloud functions of the environment `env`; the platform says who the user is. */
  | { kind: 'cloud'; env: string }
  /**
   * A web door at `baseUrl` (no slash at the end). `devUser` names the user towards a local cloud, where the code of
   * `wx.login` means nothing.
   */
  | { kind: 'http'; baseUrl: string; devUser?: string }

export interface LiveKitConfig {
  backend: Backend
  /**
   * A subscription template of this mini program for "the show begins"; without one the phone's calendar reminds. Whoever
   * has set it up sends its message: the room service sends none.
   */
  remindTemplateId?: string
  /**
   * What a code on a poster leads to, with `{roomId}` in it: a link that WeChat opens this mini program by (扫普通链接二维码),
   * or a page of one's own. Without it a poster has no code, unless a page gives `<live-room share-url>`.
   */
  shareLink?: string
  /**
   * Brings Tencent's chat SDK from the subpackage in which it lies: `() => require.async('./chat-sdk/index.js')`. Called with
   * the first login to Tencent's chat, never before; not needed where the chat is the local one.
   */
  chatSdk?: () => Promise<unknown>
}

/** `own`, or what the extension config of this installation puts in its place; a misshapen one is refused loudly. */
export function configured(own: LiveKitConfig, ext: unknown): LiveKitConfig {
  const { backend, shareLink } = (ext ?? {}) as Record<string, unknown>
  if (backend === undefined) return own
  const link = typeof shareLink === 'string' ? { shareLink } : {}
  return { ...own, ...link, backend: backendOf(backend) }
}

function backendOf(value: unknown): Backend {
  const { kind, env, baseUrl, devUser } = (value ?? {}) as Record<string, unknown>
  if (kind === 'cloud' && typeof env === 'string' && env !== '') return { kind, env }
  if (kind === 'http' && typeof baseUrl === 'string' && /^https?:\/\/[^/]/.test(baseUrl)) {
    const plain = { kind, baseUrl: baseUrl.replace(/\/+$/, '') } as const
    return typeof devUser === 'string' ? { ...plain, devUser } : plain
  }
  throw new Error('ext config: backend must be { kind: "cloud", env } or { kind: "http", baseUrl }')
}
