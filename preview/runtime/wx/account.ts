import { api } from './api'
import type { PhoneCore } from './core'

/** Who is using the phone and how the mini program is configured. */
export function account({ user, params }: PhoneCore) {
  const backend =
    params.get('backend') === 'http' ? { kind: 'http', baseUrl: location.origin } : { kind: 'cloud', env: 'local' }
  // Background music of this installation: addresses, each named by its file.
  const music = params.getAll('music').map((url) => ({ name: url.split('/').pop() ?? url, url }))
  const shareLink = () => `${location.origin}/phone.html?page=${encodeURIComponent('/pages/room/room?roomId=')}{roomId}`
  const extConfig = () => ({ backend, shareLink: shareLink(), ...(music.length > 0 && { music }) })
  return {
    /** The code is exchanged for a token by the local stand-in of a login endpoint. */
    login: api('login', () => ({ code: `dev:${user}` })),
    checkSession: api('checkSession', () => {}),
    getExtConfigSync: extConfig,
    getExtConfig: api('getExtConfig', () => ({ extConfig: extConfig() })),
    getAccountInfoSync: () => ({
      miniProgram: { appId: 'wx0000000000000000', envVersion: 'develop', version: '' },
    }),
  }
}
