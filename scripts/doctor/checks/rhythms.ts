import { variables } from '../../../cloudfunctions/adapters/config'
import { type Finding, ok, say, type Text } from '../finding'
import type { Environment, Subject } from '../subject'

const HOUR_S = 3600
const WEEK_S = 7 * 24 * HOUR_S
/** Two beats may be lost before anybody is declared gone. */
const BEATS = 3
const BEAT_MIN_MS = 20_000

const read = (env: Environment, name: string): number => Number(env[name]?.trim() || variables()[name])

/** Lifetimes and rhythms that fit each other. */
export function checkRhythms({ env, local }: Subject): Finding[] {
  const findings = [
    ...addressLifetime(read(env, 'PUSH_TTL_S')),
    ...lowLatency(env),
    ...lease(env, 'LEASE_MS', 'HEARTBEAT_MS'),
    ...lease(env, 'VIEWER_LEASE_MS', 'POLL_MS'),
    ...(local ? [] : ['HEARTBEAT_MS', 'POLL_MS'].flatMap((name) => tooOften(env, name))),
  ]
  return findings.length > 0
    ? findings
    : [ok('rhythms', say('有效期和心跳互相合适', 'lifetimes and rhythms fit each other'))]
}

const rhythm = (name: string, level: Finding['level'], what: Text, why: Text, fix: Text): Finding => ({
  id: `rhythms:${name}`,
  level,
  what,
  why,
  fix,
})

function addressLifetime(seconds: number): Finding[] {
  const hours = (seconds / HOUR_S).toFixed(1)
  if (seconds > WEEK_S) {
    const what = say(`推流地址有效 ${hours} 小时`, `a push address is good for ${hours} hours`)
    const why = say('泄露的地址可以用很久', 'one that leaks can be used for long')
    return [
      rhythm(
        'PUSH_TTL_S',
        'warning',
        what,
        why,
        say('PUSH_TTL_S 设为 86400（一天）', 'set PUSH_TTL_S to 86400 (a day)'),
      ),
    ]
  }
  if (seconds >= HOUR_S) return []
  const what = say(`推流地址只有效 ${hours} 小时（txTime）`, `a push address is good for ${hours} hours only (txTime)`)
  const why = say('直播中断线重连时地址已过期', 'it is over when a phone reconnects during its show')
  return [
    rhythm('PUSH_TTL_S', 'error', what, why, say('PUSH_TTL_S 设为 86400（一天）', 'set PUSH_TTL_S to 86400 (a day)')),
  ]
}

/** Such an address can push as well as play. */
function lowLatency(env: Environment): Finding[] {
  const seconds = read(env, 'LOW_LATENCY_TTL_S')
  if (!(seconds > HOUR_S)) return []
  const what = say(`低延时地址有效 ${seconds} 秒`, `a low-latency address is good for ${seconds} seconds`)
  const why = say('它的签名也能推流', 'its signature can push, too')
  return [rhythm('LOW_LATENCY_TTL_S', 'warning', what, why, say('600 足够', '600 is enough'))]
}

function lease(env: Environment, leaseName: string, beatName: string): Finding[] {
  const [leaseMs, beatMs] = [read(env, leaseName), read(env, beatName)]
  if (!(leaseMs < beatMs * BEATS)) return []
  const what = say(
    `${leaseName}（${leaseMs}）小于 ${BEATS} 个 ${beatName}（${beatMs}）`,
    `${leaseName} (${leaseMs}) is less than ${BEATS} times ${beatName} (${beatMs})`,
  )
  const why = say(
    '丢一两次心跳，正常的人就被当作离开',
    'one or two lost beats, and somebody who is there counts as gone',
  )
  const fix = say(`${leaseName} 至少 ${beatMs * BEATS}`, `${leaseName}: ${beatMs * BEATS} or more`)
  return [rhythm(leaseName, 'error', what, why, fix)]
}

function tooOften(env: Environment, name: string): Finding[] {
  const ms = read(env, name)
  if (!(ms < BEAT_MIN_MS)) return []
  const what = say(`${name} 是 ${ms} 毫秒`, `${name} is ${ms} ms`)
  const why = say(
    '每次都是一次云函数调用和一次数据库写，费用随之增长',
    'each is a function call and a database write, and is paid for',
  )
  return [rhythm(name, 'warning', what, why, say('60000 足够', '60000 is enough'))]
}
