import { type Finding, ok, say } from '../finding'
import { PLACES } from '../places'
import { isLoopback } from '../subject'
import { causeOf, within } from './limit'

/** The two questions of `node:dns/promises` that are asked. */
export interface Resolver {
  resolveCname(host: string): Promise<string[]>
  lookup(host: string): Promise<{ address: string }>
}

/** Ends of the names that Tencent gives to live domains. */
const TENCENTS = /\.(tlivecloud|tlivepush|tlivecdn|txlivecdn|txlivepush|tdnsv\d+|dnsv1|myqcloud|tcdnlive)\.com\.?$/

/** The domains have the CNAME that the streaming cloud asks for, and lead somewhere. */
export async function checkDns(hosts: readonly string[], resolver: Resolver, limitMs: number): Promise<Finding[]> {
  const asked = [...new Set(hosts)].filter((host) => host !== '' && !isLoopback(host))
  return (await Promise.all(asked.map((host) => one(host, resolver, limitMs)))).flat()
}

async function one(host: string, resolver: Resolver, limitMs: number): Promise<Finding[]> {
  const id = `online.dns:${host}`
  const fix = say(
    `${PLACES.domains.zh} 里有要设置的 CNAME；到你的 DNS 服务商那里添加，生效可能要几分钟到一小时`,
    `${PLACES.domains.en} shows the CNAME to set; add it where your DNS is kept; it may take minutes to an hour`,
  )
  const why = say('推流或播放不会到达云直播', 'pushing or playing does not reach the streaming cloud')
  const names = await within(limitMs, resolver.resolveCname(host)).catch(() => [])
  const address = await within(limitMs, resolver.lookup(host)).catch((error: unknown) => ({ failed: causeOf(error) }))
  if ('failed' in address) {
    return [
      {
        id,
        level: 'error',
        what: say(`${host} 解析不到（${address.failed}）`, `${host} does not resolve (${address.failed})`),
        why,
        fix,
      },
    ]
  }
  const known = names.find((name) => TENCENTS.test(name))
  if (known) return [ok(id, say(`${host} 的 CNAME 是 ${known}`, `${host} has the CNAME ${known}`))]
  const seen = names.join(', ') || '-'
  return [
    {
      id,
      level: 'warning',
      what: say(
        `${host} 的 CNAME（${seen}）不像云直播给的`,
        `the CNAME of ${host} (${seen}) does not look like one of the streaming cloud`,
      ),
      why,
      fix,
    },
  ]
}
