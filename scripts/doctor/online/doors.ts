import { type Finding, ok, say, type Text } from '../finding'
import { PLACES } from '../places'
import { causeOf, within } from './limit'

interface Door {
  name: string
  /** What a stranger asks. */
  body: object
  /** The HTTP status of a door that knows its work. */
  refusal: number
  /** Opened only by who uses it: none there is no fault. */
  optional?: true
}

/** The doors that a deployment opens on the web, and how each refuses a stranger. */
const DOORS: readonly Door[] = [
  {
    name: 'live-callback',
    body: { event_type: 1, t: 4_102_444_800, sign: '0'.repeat(32), stream_id: 'doctor' },
    refusal: 403,
  },
  { name: 'web-room', body: { action: 'login' }, refusal: 401, optional: true },
  { name: 'im-callback', body: {}, refusal: 403, optional: true },
  { name: 'admin', body: {}, refusal: 401, optional: true },
]

/**
 * Knocks at every door with nothing in hand.
 * @param base where they are: `https://<environment>.service.tcloudbase.com`; each door is a path below it
 */
export async function checkDoors(base: string | null, limitMs: number): Promise<Finding[]> {
  if (base === null) {
    const what = say('没有检查 HTTP 门', 'the HTTP doors were not looked at')
    const fix = say(
      `加上 --doors <地址>，也就是 ${PLACES.http.zh} 里路径 /live-callback 和 /web-room 前面的部分`,
      `add --doors <address>: what stands before /live-callback and /web-room in ${PLACES.http.en}`,
    )
    return [{ id: 'online.doors', level: 'todo', what, fix }]
  }
  const root = base.replace(/\/+$/, '')
  return Promise.all(DOORS.map((door) => knock(`${root}/${door.name}`, door, limitMs)))
}

async function knock(url: string, { name, body, refusal, optional }: Door, limitMs: number): Promise<Finding> {
  const id = `online.door:${name}`
  const failed = (what: Text, why: Text, fix: Text): Finding => ({ id, level: 'error', what, why, fix })
  let status: number
  try {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    status = await within(
      limitMs,
      fetch(url, { ...request, signal: AbortSignal.timeout(limitMs) }).then(async (answer) => {
        await answer.arrayBuffer()
        return answer.status
      }),
    )
  } catch (error) {
    const cause = causeOf(error)
    return failed(say(`${name} 没有回答（${cause}）`, `${name} does not answer (${cause})`), UNHEARD, REACH)
  }
  if (status === refusal) return ok(id, say(`${name} 拒绝陌生人（${status}）`, `${name} refuses strangers (${status})`))
  if (status === 404 && optional) {
    return ok(id, say(`${name} 没有打开；用不到就不必`, `${name} is not open; no need unless it is used`))
  }
  const what = say(`${name} 回答 ${status}，应当是 ${refusal}`, `${name} answers ${status} instead of ${refusal}`)
  const { why, fix } = statusAdvice(status)
  return failed(what, why, fix)
}

const UNHEARD = say('回调到不了，房间不会开播', 'callbacks do not arrive, and no room becomes live')
const REACH = say(`检查地址和 ${PLACES.http.zh}`, `check the address and ${PLACES.http.en}`)

/** What a status says that is not the refusal of the door itself. */
function statusAdvice(status: number): { why: Text; fix: Text } {
  if (status === 404) {
    return {
      why: say('那里没有这个路径', 'there is no such path'),
      fix: say(`${PLACES.http.zh}：为这个云函数添加路径`, `${PLACES.http.en}: add a path for this function`),
    }
  }
  if (status === 401 || status === 403) {
    return {
      why: say('平台在云函数之前就拒绝了', 'the platform refuses before the function is asked'),
      fix: say(
        `${PLACES.http.zh}：关闭这个路径的身份认证，云函数自己验证`,
        `${PLACES.http.en}: switch authentication of this path off; the function checks by itself`,
      ),
    }
  }
  if (status >= 500) {
    return {
      why: say('云函数启动失败：多半是环境变量不全', 'the function failed, most likely for want of its environment'),
      fix: say(
        '云开发控制台 > 云函数 > 日志：有一行写明哪个变量不对；也可能是超时设得太短',
        'CloudBase console > Cloud Functions > Logs: one line names the variables; or its time-out is too short',
      ),
    }
  }
  return {
    why: say('回答的不是这个云函数', 'something else answers there'),
    fix: REACH,
  }
}
