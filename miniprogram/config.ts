import { configured } from './wiring/live-kit-config'

/**
 * Where this mini program finds its room service. The default is the local cloud of `npm start`, which DevTools reaches
 * without an account. For a CloudBase environment: `{ backend: { kind: 'cloud', env: '<env id>' } }`.
 */
export const config = configured(
  { backend: { kind: 'http', baseUrl: 'http://127.0.0.1:8080', devUser: 'devtools' } },
  wx.getExtConfigSync?.(),
)
