import { badParam, type Value } from '../wire'

/** Vendor's limit, bytes of the encoded path. */
const PATH_MAX = 850
/** A control character, half a surrogate pair, a backslash, or what would end the path of a URL or change its meaning. */
const REFUSED = /[\p{Cc}\p{Cs}\\?#%"<>^`{|}]/u

/**
 * A path inside the cloud storage as a caller gave it (`cloudPath`): `covers/7.jpg`.
 * @throws WireError when it is empty, absolute, climbs, or holds what a URL cannot carry as it is
 */
export function checkPath(path: Value): string {
  if (typeof path !== 'string' || path === '') throw badParam('cloudPath must be a text that is not empty')
  if (REFUSED.test(path)) throw badParam('cloudPath holds a character that is not allowed')
  if (encodeURI(path).length > PATH_MAX) throw badParam(`cloudPath is longer than ${PATH_MAX} bytes`)
  if (path.split('/').some((part) => part === '' || part === '.' || part === '..')) {
    throw badParam('cloudPath must be relative, without empty parts, "." and ".."')
  }
  return path
}

/** Names of one environment's storage: ids as CloudBase makes them, `cloud://<env>.<bucket>/<path>`. */
export class CloudPaths {
  /** `<env>.<bucket>`; the bucket's name begins with two letters of the environment in hex, as the vendor's do. */
  readonly host: string

  constructor(env: string) {
    this.host = `${env}.${Buffer.from(env.slice(0, 2)).toString('hex')}-${env}-1250000000`
  }

  fileId(path: string): string {
    return `cloud://${this.host}/${path}`
  }

  /** The path of a file id, or null when it is of another environment or no id at all. */
  pathOf(fileId: Value): string | null {
    const prefix = this.fileId('')
    if (typeof fileId !== 'string' || !fileId.startsWith(prefix)) return null
    try {
      return checkPath(fileId.slice(prefix.length))
    } catch {
      return null
    }
  }
}
