import { resolve } from 'node:path'
import { type ProjectFiles, readProject } from '../../../scripts/doctor/project'
import { type Environment, type Subject, subjectOf } from '../../../scripts/doctor/subject'

const hex = (seed: string, length: number): string => Buffer.from(seed.repeat(length)).toString('hex').slice(0, length)

/** A configuration with nothing wrong in it; no two keys are the same. */
export const GOOD: Readonly<Record<string, string>> = {
  TCB_ENV: 'live-1a2b3c',
  LIVE_PUSH_BASE: 'rtmp://push.yours.cn/live',
  LIVE_PLAY_BASE: 'https://play.yours.cn/live',
  LIVE_PUSH_DOMAIN: 'push.yours.cn',
  LIVE_PUSH_KEY: hex('push-qwz', 32),
  LIVE_PLAY_KEY: hex('play-qwz', 32),
  LIVE_CALLBACK_KEY: hex('call-qwz', 32),
  TENCENT_SECRET_ID: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3',
  TENCENT_SECRET_KEY: 'Gu5t9xGARNpq86cd98joQYCN3Cozk1qA',
  IM_SDK_APP_ID: '1400000001',
  IM_SECRET_KEY: hex('chat-qwz', 64),
  USER_ID_SECRET: hex('user-qwz', 64),
  WEB_TOKEN_SECRET: hex('webt-qwz', 64),
}

/** The files of this project, as an operator would have set them. */
export function goodProject(): ProjectFiles {
  const own = readProject(resolve(__dirname, '../../..'))
  return {
    ...own,
    projectConfig: { ...own.projectConfig, appid: 'wx0123456789abcdef' },
    backend: { kind: 'cloud', env: 'live-1a2b3c' },
    built: Object.keys(own.functions),
  }
}

/** `GOOD` with these changes; undefined removes. */
export const subject = (change: Environment = {}, project: Partial<ProjectFiles> = {}): Subject =>
  subjectOf({ ...GOOD, ...change }, { ...goodProject(), ...project })
