import cloud from 'wx-server-sdk'

/**
 * The OPENID that the platform vouches for, or '' when nobody from WeChat calls. To be read once, first thing in `main`:
 * the SDK looks at the process environment, which belongs to another call after the first `await`.
 * An OPENID of digits only comes as a number.
 */
export function openidOfCaller(): string {
  const { OPENID } = cloud.getWXContext()
  return OPENID === undefined || OPENID === null ? '' : String(OPENID)
}
