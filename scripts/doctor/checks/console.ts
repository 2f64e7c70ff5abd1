import { type Finding, say, type Text } from '../finding'
import { PLACES } from '../places'
import type { Subject } from '../subject'

const look = (id: string, what: Text, why: Text, fix: Text): Finding => ({
  id: `console.${id}`,
  level: 'todo',
  what,
  why,
  fix,
})

const CHECKLIST: readonly Finding[] = [
  look(
    'category',
    say('类目允许使用实时音视频', 'the category may use live audio and video'),
    say(
      '个人主体和测试号不能用 <live-pusher> 和 <live-player>；可用的类目有社交直播、教育、医疗、政务、金融、汽车、视频客服等，以官方页面为准',
      'personal accounts and test ids may not use <live-pusher> and <live-player>; categories are social live, education, medical, government, finance, car sales, video customer service; see the official page',
    ),
    say(`${PLACES.wechatSettings.zh} > 服务类目`, `${PLACES.wechatSettings.en} > Service Categories`),
  ),
  look(
    'interfaces',
    say('打开“实时播放音视频流”和“实时录制音视频流”', 'switch on "live-player" and "live-pusher"'),
    say(
      '没打开时标签不报错也不出画面；打开后若仍无效，删除小程序并重启微信',
      'switched off, the tags show nothing and report nothing; if they still do afterwards, delete the mini program on the phone and restart WeChat',
    ),
    PLACES.wechatInterfaces,
  ),
  look(
    'privacy',
    say('隐私保护指引里声明摄像头和麦克风', 'declare camera and microphone in the privacy guideline'),
    say('没有声明的接口会被停用', 'interfaces that are not declared are switched off'),
    PLACES.wechatPrivacy,
  ),
  look(
    'callback',
    say(
      '回调模板：推流（1）、断流（0）、录制文件（100）、录制事件（332）都填 live-callback 的地址和 LIVE_CALLBACK_KEY，并绑定到推流域名',
      'callback template: push (1), interruption (0), record file (100) and record event (332) to the address of live-callback, with LIVE_CALLBACK_KEY, bound to the push domain',
    ),
    say('没有它，房间不会变成“直播中”', 'without it no room ever becomes live'),
    PLACES.callback,
  ),
  look(
    'routes',
    say(
      'HTTP 访问：live-callback 不鉴权；其它 HTTP 门只在用到时打开',
      'HTTP access: live-callback without authentication; the other HTTP doors only where they are used',
    ),
    say(
      '它自己验签；开了平台鉴权，回调会收到 401',
      'it checks the signature itself; with the platform asking first, callbacks get 401',
    ),
    PLACES.http,
  ),
]

/** What no program can see; somebody has to look. */
export const consoleToCheck = ({ local }: Subject): Finding[] => (local ? [] : [...CHECKLIST])
