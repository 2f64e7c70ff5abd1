import { type Finding, ok, say } from '../finding'
import { PLACES } from '../places'
import type { Subject } from '../subject'

const SWEEPER = 'sweeper'
/** Second, minute, hour, day, month, weekday, year. */
const CRON = /^\S+( \S+){6}$/
const TEXT_API = 'security.msgSecCheck'
/** The doors through which people write. */
const WRITING = ['room', 'web-room']

/** Timers, WeChat permissions and built files of the cloud functions. */
export function checkFunctions(subject: Subject): Finding[] {
  const findings = [...timer(subject), ...permissions(subject), ...built(subject)]
  const names = Object.keys(subject.project.functions).join(', ')
  return findings.length > 0 ? findings : [ok('functions', say(`云函数：${names}`, `functions: ${names}`))]
}

function timer({ project }: Subject): Finding[] {
  const triggers = project.functions[SWEEPER]?.triggers ?? []
  if (triggers.length === 1 && triggers[0]?.type === 'timer' && CRON.test(triggers[0].config ?? '')) return []
  return [
    {
      id: 'functions.timer',
      level: 'error',
      what: say(
        'sweeper 的 config.json 里没有一个七段的定时器',
        "sweeper's config.json has not one timer of seven fields",
      ),
      why: say('没有它，断线的房间永远留在列表里', 'without it rooms of vanished phones stay in the list for ever'),
      fix: say('triggers 写成 "0 * * * * * *"（每分钟）', 'triggers: "0 * * * * * *", every minute'),
    },
  ]
}

function permissions({ env, project }: Subject): Finding[] {
  if ((env.TEXT_CHECK?.trim() || 'wx') !== 'wx') return []
  const lacking = WRITING.filter((name) => !project.functions[name]?.permissions?.openapi?.includes(TEXT_API))
  return lacking.map((name) => ({
    id: `functions.openapi:${name}`,
    level: 'error',
    what: say(`${name}/config.json 没有申请 ${TEXT_API}`, `${name}/config.json does not ask for ${TEXT_API}`),
    why: say('TEXT_CHECK=wx 时，文本检查的每次调用都会被拒绝', 'with TEXT_CHECK=wx every check of a text is refused'),
    fix: say(
      `在 permissions.openapi 里加上 ${TEXT_API}，重新上传`,
      `add ${TEXT_API} to permissions.openapi and upload again`,
    ),
  }))
}

function built({ project }: Subject): Finding[] {
  const missing = Object.keys(project.functions).filter((name) => !project.built.includes(name))
  if (missing.length === 0) return []
  return [
    {
      id: 'functions.built',
      level: 'warning',
      what: say(`还没有构建：${missing.join(', ')}`, `not built yet: ${missing.join(', ')}`),
      why: say('上传的是 dist/cloudfunctions 里的文件', 'what is uploaded lies in dist/cloudfunctions'),
      fix: say('npm run build', 'npm run build'),
    },
  ]
}

/** What only the console of the functions shows. */
export function functionsToSet({ local, project }: Subject): Finding[] {
  if (local) return []
  const names = Object.keys(project.functions).join('、')
  return [
    {
      id: 'functions.set',
      level: 'todo',
      what: say(
        `每个云函数（${names}）：Node.js 18.15 以上、内存 256 MB、超时 20 秒、同一份环境变量；sweeper 的定时器存在`,
        `every function (${Object.keys(project.functions).join(', ')}): Node.js 18.15 or later, 256 MB, time-out 20 s, the same environment; the timer of sweeper is there`,
      ),
      why: say(
        '默认超时 3 秒，冷启动就可能超过；上传不一定会创建定时器',
        'the default of 3 s may be over at a cold start; uploading may not create the timer',
      ),
      fix: say(`${PLACES.functions.zh}；${PLACES.triggers.zh}`, `${PLACES.functions.en}; ${PLACES.triggers.en}`),
    },
  ]
}
