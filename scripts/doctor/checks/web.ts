import { type Finding, ok, say } from '../finding'
import { hostOf, isLoopback, type Subject } from '../subject'

const ORIGIN = /^https?:\/\/[^/?#*\s]+$/

/** Pages that may call the web door: https origins, without path or star. */
export function checkOrigins({ env, local }: Subject): Finding[] {
  const origins = (env.WEB_ORIGINS ?? '').split(',').map((origin) => origin.trim())
  const given = origins.filter(Boolean)
  const findings = given.flatMap((origin): Finding[] => {
    const own = isLoopback(hostOf(origin))
    if (ORIGIN.test(origin) && (origin.startsWith('https://') || (own && local))) return []
    return [
      {
        id: `web.origin:${origin}`,
        level: 'error',
        what: say(`WEB_ORIGINS 里的 ${origin} 不是 https 的来源`, `${origin} in WEB_ORIGINS is no https origin`),
        why: say(
          '浏览器拿来源逐字比较，它永远对不上，或不安全',
          'browsers compare origins letter by letter: it never fits, or is not safe',
        ),
        fix: say('写成 https://域名，不带路径、斜杠和 *', 'write https://host, without path, slash or star'),
      },
    ]
  })
  if (findings.length > 0 || given.length === 0) return findings
  return [ok('web', say('WEB_ORIGINS 都是 https 的来源', 'WEB_ORIGINS are https origins'))]
}
