import { type ConfigProblem, configProblems, variables } from '../../../cloudfunctions/adapters/config'
import { type Finding, ok, say, type Text } from '../finding'
import { placeOf } from '../places'
import type { Subject } from '../subject'

/** The platform sets these by itself where the functions run. */
const PLATFORM = ['TCB_ENV', 'SCF_NAMESPACE']

/** Every variable that the functions would refuse: missing, a placeholder, or of the wrong shape. */
export function checkVariables({ env, project }: Subject): Finding[] {
  const withPlatform = PLATFORM.some((name) => env[name]) ? env : { ...env, TCB_ENV: 'set-by-cloudbase' }
  const findings = configProblems(withPlatform).map(({ name, problem }): Finding => {
    const [zh, en] = [project.table.zh[name]?.meaning, project.table.en[name]?.meaning]
    const place = placeOf(name)
    return {
      id: `variables:${name}`,
      level: 'error',
      what: sentence({ name, problem }),
      why: say(
        `${name}：${zh ?? '见 docs/deploy.zh-CN.md'}。这样的配置，云函数对每个请求都回答 internal`,
        `${name} is: ${en ?? 'see docs/deploy.md'}. With it like this the functions answer every call with "internal"`,
      ),
      fix: say(`到这里取值：${place.zh}`, `get the value from: ${place.en}`),
    }
  })
  const fine = say('云函数接受这份环境变量', 'the functions accept these environment variables')
  return findings.length > 0 ? findings : [ok('variables', fine)]
}

const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/^is not set$/, '没有设置'],
  [/^still holds a placeholder$/, '还是例子里的占位内容'],
  [/^must begin with (.+)$/, '必须以 $1 开头'],
  [/^must be a whole number above 0$/, '必须是大于 0 的整数'],
  [/^must have at least (\d+) characters$/, '至少要 $1 个字符'],
  [/^must differ from LIVE_PUSH_KEY.*$/, '不能与 LIVE_PUSH_KEY 相同，否则观众也能推流'],
  [/^must be set where MEDIA_PLANE is trtc$/, '在 MEDIA_PLANE 是 trtc 时必填'],
  [/^must be (?!a )(.+)$/, '只能是 $1'],
]

function sentence({ name, problem }: ConfigProblem): Text {
  const [pattern, words] = PHRASES.find(([known]) => known.test(problem)) ?? []
  const zh = pattern && words ? problem.replace(pattern, words) : `不合要求：${problem}`
  return say(`${name} ${zh}`, `${name} ${problem}`)
}

/** Only names that begin like ours can be slips of the pen; a machine has many others. */
const OURS =
  /^(LIVE|IM|CHAT|WEB|TEXT|TENCENT|USER_ID|PUSH|GRACE|LEASE|VIEWER|IDLE|SEAT|LINK|HEARTBEAT|POLL|MEDIA|TRTC)_/

/** Variables of a file that no function reads, most likely misspelt. */
export function checkUnknown({ env }: Subject): Finding[] {
  const known = Object.keys(variables())
  const strangers = Object.keys(env).filter((name) => OURS.test(name) && !known.includes(name))
  return strangers.map((name): Finding => {
    const meant = known.find((other) => distance(name, other) <= 2)
    return {
      id: `variables.unknown:${name}`,
      level: 'warning',
      what: say(`没有云函数读取 ${name}`, `no function reads ${name}`),
      why: say('写错的名字等于没有设置', 'a misspelt name is as good as none'),
      fix: meant
        ? say(`是不是 ${meant}？`, `is it ${meant}?`)
        : say(
            '删掉它，或对照 docs/deploy.zh-CN.md 的表格改名',
            'remove it, or correct it by the table of docs/deploy.md',
          ),
    }
  })
}

/** Letters to insert, remove or change (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const above = row
    row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(change, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
  }
  return row[b.length] ?? 0
}
