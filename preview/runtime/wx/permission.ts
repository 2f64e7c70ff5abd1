import { barrier } from '../capability'
import { askPrivacy, askScope, SCOPE_TEXT, showSettings } from '../chrome/permission-dialog'
import { permissions, type Scope } from '../permissions'
import { api, text } from './api'
import type { PhoneCore } from './core'
import { WxError } from './error'

const isScope = (value: string): value is Scope => value in SCOPE_TEXT

/**
 * Asks for a scope that nobody has asked for before, as the API that needs it does.
 * @throws WxError when it was refused, now or earlier
 */
export async function allow({ params }: Pick<PhoneCore, 'params'>, scope: Scope): Promise<void> {
  const granted = params.get('permissions') === 'granted'
  if (permissions.get(scope) === undefined) permissions.set(scope, granted || (await askScope(scope)))
  if (!permissions.get(scope)) throw new WxError('auth deny')
}

function checkDeclared(): void {
  if (barrier() !== 'undeclared') return
  throw new WxError('api scope is not declared in the privacy agreement', { errno: 112 })
}

/** What the user allows, asked the way WeChat asks. Remembered per user; `?permissions=granted` answers yes by itself. */
export function permission({ user, params }: PhoneCore) {
  const granted = params.get('permissions') === 'granted'
  const privacyKey = `phone-privacy:${user}`
  const agreed = () => granted || localStorage.getItem(privacyKey) === 'agreed'

  const authSetting = () => permissions.all()
  return {
    getSetting: api('getSetting', () => ({ authSetting: authSetting() })),
    authorize: api('authorize', async (o) => {
      const scope = text(o.scope)
      checkDeclared()
      if (!isScope(scope)) throw new WxError(`invalid scope ${scope}`)
      await allow({ params }, scope)
    }),
    openSetting: api('openSetting', async () => {
      const asked = Object.keys(permissions.all()).filter(isScope)
      await showSettings(
        asked,
        (scope) => permissions.get(scope) === true,
        (scope, on) => permissions.set(scope, on),
      )
      return { authSetting: authSetting() }
    }),
    getPrivacySetting: api('getPrivacySetting', () => ({
      needAuthorization: !agreed(),
      privacyContractName: '《小程序用户隐私保护指引》',
    })),
    requirePrivacyAuthorize: api('requirePrivacyAuthorize', async () => {
      checkDeclared()
      if (agreed()) return
      if (!(await askPrivacy())) throw new WxError('privacy permission is not authorized', { errno: 104 })
      localStorage.setItem(privacyKey, 'agreed')
    }),
    openPrivacyContract: api('openPrivacyContract', () => {}),
  }
}

/** The user tapped an "agree" button (`open-type="agreePrivacyAuthorization"`). */
export const rememberPrivacy = (user: string) => localStorage.setItem(`phone-privacy:${user}`, 'agreed')
