import type { Permission, PermissionAnswer } from './port'

const SCOPES = { camera: 'scope.camera', microphone: 'scope.record' } as const
/** `errno` of a call that failed because the user did not agree to the privacy guideline. */
const PRIVACY_NOT_AGREED = 104
/** `errno` where the privacy guideline does not name what is asked for: the API is banned, without any dialog. */
const PRIVACY_UNDECLARED = 112

/** First the privacy guideline, then what was answered earlier, then the dialog. */
export async function ensurePermission(permission: Permission): Promise<PermissionAnswer> {
  const privacy = await privacyRefusal()
  if (privacy) return privacy
  const scope = SCOPES[permission]
  const earlier = await earlierAnswer(scope)
  return earlier ?? ask(scope)
}

/** Before base library 2.32.3 there is nothing to agree to. */
function privacyRefusal(): Promise<PermissionAnswer | null> {
  if (!wx.canIUse('requirePrivacyAuthorize')) return Promise.resolve(null)
  return new Promise((resolve) => {
    wx.requirePrivacyAuthorize({
      success: () => resolve(null),
      fail: (error) => resolve(privacyAnswer(error) ?? 'privacy-refused'),
    })
  })
}

/** What a failure says about the privacy guideline, or null when it is about something else. */
function privacyAnswer(error: object): 'privacy-refused' | 'privacy-undeclared' | null {
  const { errno } = error as { errno?: unknown }
  if (errno === PRIVACY_UNDECLARED) return 'privacy-undeclared'
  return errno === PRIVACY_NOT_AGREED ? 'privacy-refused' : null
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
      fail: (error) => resolve(privacyAnswer(error) ?? 'denied'),
    })
  })
}
