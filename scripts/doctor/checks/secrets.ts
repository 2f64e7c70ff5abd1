import { variables } from '../../../cloudfunctions/adapters/config'
import { type Finding, ok, say } from '../finding'
import { placeOf } from '../places'
import type { Environment, Subject } from '../subject'

const KEY_MIN = 16
/** Of a random key nearly all characters differ; fewer kinds than this are a hand on a keyboard. */
const KINDS_MIN = 6

/** Variables whose value must stay secret, by their names. */
export const secretNames = (): string[] =>
  Object.keys(variables()).filter((name) => /(_KEY|_SECRET|_TOKEN)$/.test(name))

const given = (env: Environment): [name: string, value: string][] =>
  secretNames().flatMap((name) => {
    const value = env[name]?.trim()
    return value ? [[name, value] as [string, string]] : []
  })

/** Keys are long enough, look random, and no two are the same. */
export function checkSecrets({ env }: Subject): Finding[] {
  const keys = given(env)
  const findings = [...keys.flatMap(([name, value]) => weak(name, value)), ...twins(keys)]
  return findings.length > 0 || keys.length === 0
    ? findings
    : [ok('secrets', say('密钥足够长，互不相同', 'the keys are long enough, and no two are the same'))]
}

function weak(name: string, value: string): Finding[] {
  const place = placeOf(name)
  const finding = (kind: string, zh: string, en: string): Finding => ({
    id: `secrets.${kind}:${name}`,
    level: 'error',
    what: say(`${name} ${zh}`, `${name} ${en}`),
    why: say('猜出它的人可以冒充你的服务器', 'whoever guesses it can speak in the name of your server'),
    fix: say(`换一个随机的值：${place.zh}`, `put a random one in its place: ${place.en}`),
  })
  if (value.length < KEY_MIN) {
    return [
      finding(
        'short',
        `只有 ${value.length} 个字符，至少 ${KEY_MIN} 个`,
        `has ${value.length} characters; ${KEY_MIN} or more`,
      ),
    ]
  }
  if (new Set(value).size < KINDS_MIN) {
    return [finding('plain', '不像随机生成的', 'does not look random')]
  }
  return []
}

/** An application of Tencent's has one key for chat and TRTC, by which both are signed. */
const ONE_KEY: readonly string[] = ['IM_SECRET_KEY', 'TRTC_SECRET_KEY']

function twins(keys: [name: string, value: string][]): Finding[] {
  return keys.flatMap(([name, value], at) =>
    keys
      .slice(at + 1)
      .filter(([other, same]) => same === value && !(ONE_KEY.includes(name) && ONE_KEY.includes(other)))
      .map(([other]): Finding => {
        const viewerCouldPush = name.startsWith('LIVE_PUSH_') && other === 'LIVE_PLAY_KEY'
        return {
          id: `secrets.same:${name}+${other}`,
          level: 'error',
          what: say(`${name} 和 ${other} 是同一个值`, `${name} and ${other} hold the same value`),
          why: viewerCouldPush
            ? say('观众拿到的播放签名就能用来推流', 'the signature that a viewer plays with would let him push')
            : say('一个泄露，另一个也泄露；也不能单独更换', 'when one leaks both do, and neither can be changed alone'),
          fix: say(
            `给 ${other} 换一个值：${placeOf(other).zh}`,
            `give ${other} a value of its own: ${placeOf(other).en}`,
          ),
        }
      }),
  )
}
