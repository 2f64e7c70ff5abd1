import type { Permission, PermissionAnswer } from './port'

const SCOPES = { camera: 'scope.camera', microphone: 'scope.record' } as const
/** `errno` of a call that failed because the user did not agree to the privacy guideline. */
const PRIVACY_NOT_AGREED = 104

/** First the privacy guideline, then what was answered earlier, then the dialog. */
export async function ensurePermission(permission: Permission): Promise<PermissionAnswer> {
  if (!(await privacyAgreed())) return 'privacy-refused'
  const scope = SCOPES[permission]
  const earlier = await earlierAnswer(scope)
  return earlier ?? ask(scope)
}

/** Before base library 2.32.3 there is nothing to agree to. */
function privacyAgreed(): Promise<boolean> {
  if (!wx.canIUse('requirePrivacyAuthorize')) return Promise.resolve(true)
  return new Promise((resolve) => {
    wx.requirePrivacyAuthorize({ success: () => resolve(true), fail: () => resolve(false) })
  })
}

/** Null when the user was never asked, or when that cannot be found out. */
function earlierAnswer(scope: (typeof SCOPES)[Permission]): Promise<PermissionAnswer | null> {
  return new Promise((resolve) => {
    wx.getSetting({
      success: ({ authSetting }) => {
        const answer = authSetting[scope]
        resolve(answer === undefined ? null : answer ? 'granted' : 'denied')
      },
      fail: () => resolve(null),
    })
  })
}

function ask(scope: string): Promise<PermissionAnswer> {
  return new Promise((resolve) => {
    wx.authorize({
      scope,
      success: () => resolve('granted'),
      fail: (error) => resolve('errno' in error && error.errno === PRIVACY_NOT_AGREED ? 'privacy-refused' : 'denied'),
    })
  })
}
