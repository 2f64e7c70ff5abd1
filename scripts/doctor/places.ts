import { say, type Text } from './finding'

/** Pages of the consoles, in words: names as the vendors' documents give them; a console may have moved them since. */
export const PLACES = {
  pushKey: say(
    '云直播控制台 > 域名管理 > 推流域名 > 管理 > 推流配置 > 鉴权配置',
    'live streaming console > Domain Management > the push domain > Manage > Push Configuration > Authentication',
  ),
  playKey: say(
    '云直播控制台 > 域名管理 > 播放域名 > 管理 > 访问控制 > 播放鉴权',
    'live streaming console > Domain Management > the play domain > Manage > Access Control > Key Authentication',
  ),
  domains: say('云直播控制台 > 域名管理', 'live streaming console > Domain Management'),
  callback: say(
    '云直播控制台 > 功能配置 > 直播回调',
    'live streaming console > Feature Configuration > Live Stream Callback',
  ),
  apiKeys: say(
    '访问管理控制台 > 用户 > 用户列表 > 子用户 > API 密钥',
    'Cloud Access Management console > Users > User List > the sub-user > API Keys',
  ),
  im: say(
    '即时通信 IM 控制台 > 应用管理 > 应用详情',
    'Chat console > Applications > the application > Basic Configuration',
  ),
  imCallback: say('即时通信 IM 控制台 > 应用 > 回调配置', 'Chat console > the application > Callback Configuration'),
  functions: say(
    '云开发控制台 > 云函数 > 函数名 > 函数配置 > 环境变量',
    'CloudBase console > Cloud Functions > the function > Configuration > Environment Variables',
  ),
  triggers: say(
    '云开发控制台 > 云函数 > sweeper > 触发管理',
    'CloudBase console > Cloud Functions > sweeper > Triggers',
  ),
  http: say('云开发控制台 > HTTP 访问服务 > 路由配置', 'CloudBase console > HTTP Access Service > Routes'),
  database: say('云开发控制台 > 数据库', 'CloudBase console > Database'),
  wechatDomains: say(
    '小程序后台 > 开发管理 > 开发设置 > 服务器域名',
    'Mini Program console > Development > Development Settings > Server Domains',
  ),
  trtc: say('实时音视频 TRTC 控制台 > 应用管理', 'TRTC console > Applications'),
  wechatInterfaces: say('小程序后台 > 开发管理 > 接口设置', 'Mini Program console > Development > Interface Settings'),
  wechatSettings: say('小程序后台 > 设置 > 基本设置', 'Mini Program console > Settings > Basic Settings'),
  wechatPrivacy: say(
    '小程序后台 > 设置 > 服务内容声明 > 用户隐私保护指引',
    'Mini Program console > Settings > Service Declarations > User Privacy Guideline',
  ),
} as const satisfies Record<string, Text>

const OWN = say('自己生成：openssl rand -hex 32', 'make your own: openssl rand -hex 32')

/** Where the value of a variable comes from, by the beginning of its name; the longer beginning wins. */
const SOURCES: readonly (readonly [beginning: string, place: Text])[] = [
  ['LIVE_PUSH_KEY', PLACES.pushKey],
  ['LIVE_PUSH_BACKUP', PLACES.pushKey],
  ['LIVE_PLAY_KEY', PLACES.playKey],
  ['LIVE_CALLBACK_KEY', PLACES.callback],
  ['LIVE_', PLACES.domains],
  ['TRTC_', PLACES.trtc],
  ['TENCENT_', PLACES.apiKeys],
  ['IM_CALLBACK', PLACES.imCallback],
  ['IM_', PLACES.im],
  ['USER_ID_SECRET', OWN],
  ['WEB_TOKEN_SECRET', OWN],
]

/** Where to find the value of a variable; the functions' own settings where no console has it. */
export function placeOf(variable: string): Text {
  const fitting = SOURCES.filter(([beginning]) => variable.startsWith(beginning))
  return fitting.sort(([a], [b]) => b.length - a.length)[0]?.[1] ?? PLACES.functions
}
