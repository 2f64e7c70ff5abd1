import { type Finding, ok, say, type Text } from '../finding'
import { PLACES } from '../places'
import type { Subject } from '../subject'

/** The privacy API is the newest that we cannot do without. */
const LIBRARY_MIN = '2.32.3'
const APP_ID = /^wx[0-9a-f]{16}$/
const SCOPES = ['scope.camera', 'scope.record'] as const

const file = (id: string, level: Finding['level'], what: Text, why: Text, fix: Text): Finding => ({
  id: `project.${id}`,
  level,
  what,
  why,
  fix,
})

/** project.config.json, app.json and config.ts of the mini program. */
export function checkProject(subject: Subject): Finding[] {
  const findings = [
    ...(subject.local ? [] : [...appId(subject), ...backend(subject)]),
    ...library(subject),
    ...privacy(subject),
  ]
  return findings.length > 0
    ? findings
    : [ok('project', say('小程序的配置文件正确', "the mini program's files are right"))]
}

function appId({ project }: Subject): Finding[] {
  const { appid = '' } = project.projectConfig
  if (APP_ID.test(appid)) return []
  const what = say(`project.config.json 的 appid 是 "${appid}"`, `appid in project.config.json is "${appid}"`)
  const why = say('测试号没有推流和播放的权限，也没有云开发', 'a test id has neither live streaming nor CloudBase')
  const fix = say(
    '写上自己的 AppID：小程序后台 > 开发管理 > 开发设置',
    'put your AppID: Mini Program console > Development > Development Settings',
  )
  return [file('appid', 'error', what, why, fix)]
}

function backend({ project, env }: Subject): Finding[] {
  const { backend } = project
  const place = say('改 miniprogram/config.ts', 'change miniprogram/config.ts')
  if (!backend) {
    const what = say(
      'miniprogram/config.ts 里看不出后端是哪个',
      'miniprogram/config.ts does not say in plain words which backend it uses',
    )
    const why = say('后端写错，小程序就连不上房间服务', 'with the wrong one no phone finds the room service')
    return [file('backend', 'todo', what, why, place)]
  }
  if (backend.kind === 'http') {
    if (backend.baseUrl?.startsWith('https://')) return []
    const what = say(
      'miniprogram/config.ts 指向一个不是 https 的地址',
      'miniprogram/config.ts leads to an address that is not https',
    )
    const why = say(
      '真机不允许；默认的地址是本机的 npm start',
      'phones refuse it; the default is npm start on this machine',
    )
    const fix = say(
      "改成 { backend: { kind: 'cloud', env: '环境 ID' } }",
      "write { backend: { kind: 'cloud', env: 'the environment id' } }",
    )
    return [file('backend', 'error', what, why, fix)]
  }
  const functionsEnv = env.TCB_ENV?.trim() || env.SCF_NAMESPACE?.trim()
  if (functionsEnv === undefined || functionsEnv === backend.env) return []
  const what = say(
    `小程序用环境 ${backend.env}，云函数用 ${functionsEnv}`,
    `the mini program uses environment ${backend.env}, the functions ${functionsEnv}`,
  )
  const why = say('手机会调用另一个环境里的云函数', 'phones call the functions of another environment')
  return [file('environment', 'error', what, why, say('两处写同一个环境 ID', 'name the same environment in both'))]
}

function library({ project }: Subject): Finding[] {
  const { libVersion = '' } = project.projectConfig
  if (newer(libVersion, LIBRARY_MIN)) return []
  const what = say(
    `project.config.json 的 libVersion 是 "${libVersion}"，至少 ${LIBRARY_MIN}`,
    `libVersion in project.config.json is "${libVersion}"; ${LIBRARY_MIN} or more`,
  )
  const why = say('更早的基础库没有隐私授权接口', 'earlier base libraries have no privacy API')
  const fix = say(
    `改 libVersion；并在 ${PLACES.wechatSettings.zh} 设置基础库最低版本`,
    `raise libVersion, and set the lowest base library in ${PLACES.wechatSettings.en}`,
  )
  return [file('library', 'error', what, why, fix)]
}

/** `3.8.0` is as new as `2.32.3`. What is no version is not. */
export function newer(version: string, than: string): boolean {
  if (!/^\d+(\.\d+)*$/.test(version)) return false
  const [a, b] = [version, than].map((text) => text.split('.').map(Number))
  for (let i = 0; i < Math.max(a?.length ?? 0, b?.length ?? 0); i++) {
    const difference = (a?.[i] ?? 0) - (b?.[i] ?? 0)
    if (difference !== 0) return difference > 0
  }
  return true
}

function privacy({ project }: Subject): Finding[] {
  const { app } = project
  const findings: Finding[] = []
  if (app.__usePrivacyCheck__ !== true) {
    const what = say('app.json 没有 "__usePrivacyCheck__": true', 'app.json has no "__usePrivacyCheck__": true')
    const why = say(
      '隐私授权不会生效，摄像头和麦克风的接口可能被停用',
      'without it the privacy dialog stays away, and camera and microphone may be refused',
    )
    findings.push(file('privacy', 'error', what, why, say('在 app.json 里加上它', 'add it to app.json')))
  }
  for (const scope of SCOPES) {
    if (app.permission?.[scope]?.desc) continue
    const what = say(
      `app.json 的 permission 里没有 ${scope} 的说明`,
      `app.json says nothing about ${scope} in permission`,
    )
    const why = say(
      '开播要用摄像头和麦克风，用户会看到这句话',
      'a show needs camera and microphone, and people read this line',
    )
    findings.push(file(`permission:${scope}`, 'error', what, why, say('写明用途', 'say what it is for')))
  }
  return findings
}
