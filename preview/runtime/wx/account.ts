import { api } from './api'
import type { PhoneCore } from './core'

/** Who is using the phone and how the mini program is configured. */
export function account({ user, params }: PhoneCore) {
  const backend =
    params.get('backend') === 'http' ? { kind: 'http', baseUrl: location.origin } : { kind: 'cloud', env: 'local' }
  const shareLink = () => `${location.origin}/phone.html?page=${encodeURIComponent('/pages/room/room?roomId=')}{roomId}`
  return {
    /** The code is exchanged for a token by the local stand-in of a login endpoint. */
    login: api('login', () => ({ code: `dev:${user}` })),
    checkSession: api('checkSession', () => {}),
    getExtConfigSync: () => ({ backend, shareLink: shareLink() }),
    getExtConfig: api('getExtConfig', () => ({ extConfig: { backend, shareLink: shareLink() } })),
    getAccountInfoSync: () => ({
      miniProgram: { appId: 'wx0000000000000000', envVersion: 'develop', version: '' },
    }),
  }
}
