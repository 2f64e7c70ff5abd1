import type { ProjectFiles } from './project'

export type Environment = Readonly<Record<string, string | undefined>>

/** What the checks look at. */
export interface Subject {
  env: Environment
  project: ProjectFiles
  /** Every address leads to this machine: the local cloud, which nobody deploys. */
  local: boolean
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

export const isLoopback = (host: string): boolean => LOOPBACK.test(host)

/** Host name of an address of any scheme, without its port; '' when it is none. */
export const hostOf = (address: string | undefined): string =>
  /^[a-z]+:\/\/(\[[^\]]*\]|[^/:?#]+)/i.exec(address?.trim() ?? '')?.[1]?.toLowerCase() ?? ''

/** Where pictures go, and where they come from. */
export const PLAY_BASES = ['LIVE_PLAY_BASE', 'LIVE_RTMP_PLAY_BASE', 'LIVE_WEBRTC_BASE'] as const
export const MEDIA_BASES = ['LIVE_PUSH_BASE', ...PLAY_BASES] as const

export function subjectOf(env: Environment, project: ProjectFiles): Subject {
  const local = ['LIVE_PUSH_BASE', 'LIVE_PLAY_BASE', 'IM_REST_BASE'].every((name) => isLoopback(hostOf(env[name])))
  return { env, project, local }
}
