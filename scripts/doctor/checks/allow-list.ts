import { type Finding, say } from '../finding'
import { PLACES } from '../places'
import { hostOf, isLoopback, type Subject } from '../subject'

export interface AllowList {
  request: string[]
  socket: string[]
  uploadFile: string[]
  downloadFile: string[]
}

/** Where Tencent's chat SDK fetches its texts and measures lines, and its sockets, in the order it tries them. */
const CHAT_REQUEST = ['web.sdk.qcloud.com', 'boce-cdn.my-imcloud.com', 'web.sdk.cloud.tencent.cn', 'web.sdk.tencent.cn']
const CHAT_SOCKET = ['wss.im.qcloud.com', 'wssv6.im.qcloud.com', 'wss.tim.qq.com', 'wss.im.tencent.cn']

/**
 * The domains that WeChat must be told. Calls of cloud functions, files of the cloud's own storage, and RTMP and FLV of
 * `<live-pusher>` and `<live-player>` need none.
 */
export function allowList({ env, project }: Subject): AllowList {
  const own = project.backend?.kind === 'http' ? hostOf(project.backend.baseUrl) : ''
  const tencent = (env.CHAT_KIND?.trim() || 'tim') === 'tim'
  const id = env.IM_SDK_APP_ID?.trim() ?? ''
  const chatSocket = tencent ? [...(id ? [`${id}w4c.my-imcloud.com`] : []), ...CHAT_SOCKET] : [hostOf(env.CHAT_URL)]
  const reachable = (hosts: string[]) => hosts.filter((host) => host !== '' && !isLoopback(host))
  return {
    request: reachable([own, ...(tencent ? CHAT_REQUEST : [])]).map((host) => `https://${host}`),
    socket: reachable(chatSocket).map((host) => `wss://${host}`),
    uploadFile: [],
    downloadFile: [],
  }
}

export function checkAllowList(subject: Subject): Finding[] {
  if (subject.local) return []
  const { request, socket, uploadFile, downloadFile } = allowList(subject)
  const lists = { request, socket, uploadFile, downloadFile }
  return [
    {
      id: 'allow-list',
      level: 'todo',
      what: say('把下面的域名填进小程序后台', 'enter these domains in the console of the mini program'),
      why: say(
        '没有登记的域名，真机上的请求会失败。RTMP、FLV、云函数和云存储文件不需要登记；IM 的域名请再与 IM 控制台当前的列表核对',
        'on a phone every other domain is refused. RTMP, FLV, cloud functions and files of cloud storage need no entry; compare the chat domains with the current list in its console',
      ),
      fix: PLACES.wechatDomains,
      copy: Object.entries(lists).map(([heading, lines]) => ({ heading, lines })),
    },
  ]
}
