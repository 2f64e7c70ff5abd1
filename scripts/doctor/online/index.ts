import { promises as dns } from 'node:dns'
import { readConfig } from '../../../cloudfunctions/adapters/config'
import { type Finding, say } from '../finding'
import { hostOf, MEDIA_BASES, type Subject } from '../subject'
import { checkChatApi } from './chat'
import { checkDns, type Resolver } from './dns'
import { checkDoors } from './doors'
import { LIMIT_MS } from './limit'
import { checkStreamingApi } from './streaming'

export interface OnlineOptions {
  /** Where the HTTP doors are, or null. */
  doors: string | null
  resolver?: Resolver
  limitMs?: number
}

/** Asks the real services, all at once; nothing is written anywhere. */
export async function askAround({ env }: Subject, options: OnlineOptions): Promise<Finding[]> {
  const { doors, resolver = dns, limitMs = LIMIT_MS } = options
  let config: ReturnType<typeof readConfig>
  try {
    config = readConfig({ TCB_ENV: 'set-by-cloudbase', ...env })
  } catch {
    const what = say('没有做在线检查', 'nobody was asked online')
    const fix = say('先把上面的环境变量改对', 'put the variables right first')
    return [{ id: 'online', level: 'warning', what, fix }]
  }
  const hosts = MEDIA_BASES.map((name) => hostOf(env[name]))
  const findings = await Promise.all([
    checkStreamingApi(config.streaming, limitMs),
    checkChatApi(config.im, limitMs),
    checkDns(hosts, resolver, limitMs),
    checkDoors(doors, limitMs),
  ])
  return findings.flat()
}
