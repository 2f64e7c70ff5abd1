import { type Finding, ok, say } from '../finding'
import { PLACES } from '../places'
import { hostOf, isLoopback, MEDIA_BASES, PLAY_BASES, type Subject } from '../subject'

const EXAMPLE = /(^|\.)(example\.(com|org|net)|test|invalid)$/
const TENCENTS = /(^|\.)myqcloud\.com$/

const domain = (
  id: string,
  level: Finding['level'],
  what: Finding['what'],
  why: Finding['what'],
  fix: Finding['what'],
) => ({ id: `domains.${id}`, level, what, why, fix }) satisfies Finding

/** Push and play domains: two of one's own, and the same ones in every variable that names them. */
export function checkDomains(subject: Subject): Finding[] {
  const { env, local } = subject
  if (local) return [localOnly()]
  const push = hostOf(env.LIVE_PUSH_BASE)
  const play = hostOf(env.LIVE_PLAY_BASE)
  if (push === '' || play === '') return [] // checkVariables has said so
  const findings = [
    ...reachable(subject),
    ...same(push, subject),
    ...named(env.LIVE_PUSH_DOMAIN?.trim().toLowerCase() ?? '', push),
    ...appName(subject),
    ...owned(subject),
    ...encrypted(env.LIVE_PLAY_BASE ?? ''),
  ]
  return findings.length > 0
    ? findings
    : [ok('domains', say(`推流 ${push}，播放 ${play}`, `push ${push}, play ${play}`))]
}

const localOnly = (): Finding =>
  domain(
    'local',
    'warning',
    say('所有地址都指向本机：这是本地云的配置', 'every address leads to this machine: this is the local cloud'),
    say('别的手机连不上它；只适合在本机试', 'no other phone can reach it; good for trying out, here only'),
    say('上线时用 --env-file 指定生产环境的配置', 'for a deployment name its configuration with --env-file'),
  )

function reachable({ env }: Subject): Finding[] {
  return [...MEDIA_BASES, 'IM_REST_BASE']
    .filter((name) => isLoopback(hostOf(env[name])))
    .map((name) =>
      domain(
        `loopback:${name}`,
        'error',
        say(`${name} 指向本机`, `${name} leads to this very machine`),
        say('手机和云函数都连不上', 'neither phones nor cloud functions can reach it'),
        say('写上真正的域名', 'put the real domain there'),
      ),
    )
}

function same(push: string, { env }: Subject): Finding[] {
  if (PLAY_BASES.every((name) => hostOf(env[name]) !== push)) return []
  const what = say(`推流和播放用了同一个域名 ${push}`, `push and play use the same domain ${push}`)
  const why = say('云直播要求两个不同的域名，否则播放会失败', 'the streaming cloud wants two; playing fails with one')
  const fix = say(`在 ${PLACES.domains.zh} 各添加一个`, `add one of each in ${PLACES.domains.en}`)
  return [domain('same', 'error', what, why, fix)]
}

function named(declared: string, push: string): Finding[] {
  if (declared === '' || declared === push) return []
  const what = say(
    `LIVE_PUSH_DOMAIN（${declared}）和 LIVE_PUSH_BASE（${push}）不是同一个域名`,
    `LIVE_PUSH_DOMAIN (${declared}) is not the domain of LIVE_PUSH_BASE (${push})`,
  )
  const why = say(
    '手机推到一个域名，云函数却在另一个域名上查在线流、断流、禁播',
    'phones push to one, while the functions look for, cut and forbid streams on the other',
  )
  return [domain('other', 'error', what, why, say('两处写同一个推流域名', 'name the same push domain in both'))]
}

function appName({ env }: Subject): Finding[] {
  const app = env.LIVE_APP?.trim() || 'live'
  return MEDIA_BASES.filter((name) => env[name] && !env[name].trim().replace(/\/+$/, '').endsWith(`/${app}`)).map(
    (name) =>
      domain(
        `app:${name}`,
        'error',
        say(`${name} 没有以 /${app} 结尾`, `${name} does not end in /${app}`),
        say(
          'AppName 不一致时，断流和禁播找不到这条流',
          'with another app name streams are neither found, cut nor forbidden',
        ),
        say(`结尾写成 /${app}，或改 LIVE_APP`, `end it in /${app}, or change LIVE_APP`),
      ),
  )
}

/** Domains of Tencent's belong to the old live codes, and begin with their BIZID. */
function owned({ env }: Subject): Finding[] {
  const bizid = env.LIVE_BIZID?.trim()
  return MEDIA_BASES.flatMap((name) => {
    const host = hostOf(env[name])
    if (EXAMPLE.test(host)) {
      const what = say(`${name} 还是例子里的域名 ${host}`, `${name} still holds the example domain ${host}`)
      const why = say('没有人能推流或播放', 'nobody can push or play')
      const fix = say(`写上 ${PLACES.domains.zh} 里的域名`, `put the domain from ${PLACES.domains.en} there`)
      return [domain(`example:${name}`, 'error', what, why, fix)]
    }
    if (!TENCENTS.test(host) || (bizid && host.startsWith(`${bizid}.`))) return []
    const what = say(`${name} 用的是腾讯的域名 ${host}`, `${name} uses Tencent's own domain ${host}`)
    const why = say(
      '这类域名只用于旧的直播码，开头是 LIVE_BIZID；新账号不能播放',
      'these are for the old live codes and begin with LIVE_BIZID; new accounts cannot play from them',
    )
    const fix = say(
      `在 ${PLACES.domains.zh} 添加自己的、已备案的域名`,
      `add a domain of your own (filed with the authorities in mainland China) in ${PLACES.domains.en}`,
    )
    return [domain(`tencents:${name}`, 'error', what, why, fix)]
  })
}

function encrypted(playBase: string): Finding[] {
  if (!playBase.trim().startsWith('http://')) return []
  const what = say('LIVE_PLAY_BASE 不是 https', 'LIVE_PLAY_BASE is not https')
  const why = say('网页和 iOS 上会被拦下', 'web pages refuse it')
  const fix = say(
    `给播放域名配好证书（${PLACES.domains.zh}），改成 https://`,
    `give the play domain a certificate (${PLACES.domains.en}) and write https://`,
  )
  return [domain('plain', 'warning', what, why, fix)]
}
