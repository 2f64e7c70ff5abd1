import { cloudSettings, functionEnv } from '../../../local/cloud-env'
import type { Keys } from '../../../local/data-dir'

const KEYS: Keys = {
  pushKey: 'own-push',
  callbackKey: 'own-callback',
  apiSecretId: 'own-id',
  apiSecretKey: 'own-key',
  chatAppId: 1400000001,
  chatSecretKey: 'own-chat',
  chatCallbackToken: 'own-chat-callback',
  userIdSecret: 'own-user',
  webTokenSecret: 'own-web',
  adminTokenSecret: 'own-admin',
}
const ENDPOINTS = { httpPort: 8123, rtmpPort: 1936, databaseUrl: 'http://127.0.0.1:9/admin' }

test('addresses name the ports that are really open', () => {
  const env = functionEnv({}, cloudSettings({}, KEYS), ENDPOINTS)
  expect(env).toMatchObject({
    LIVE_PUSH_BASE: 'rtmp://127.0.0.1:1936/live',
    LIVE_PLAY_BASE: 'http://127.0.0.1:8123/live',
    LIVE_API_ENDPOINT: '127.0.0.1:8123',
    IM_REST_BASE: 'http://127.0.0.1:8123/im',
    CHAT_URL: 'ws://127.0.0.1:8123/im/ws',
    TCB_CONTEXT_CNFG: '{"URL":"http://127.0.0.1:9/admin"}',
    LIVE_PUSH_KEY: 'own-push',
    GRACE_MS: '60000',
  })
})
test('what the environment sets wins, for the parts and the functions alike', () => {
  const given = { LIVE_PUSH_KEY: 'given', GRACE_MS: '1500', LIVE_APP: 'show', HOME: '/home/me' }
  const settings = cloudSettings(given, KEYS)
  expect(settings).toMatchObject({ LIVE_PUSH_KEY: 'given', LIVE_APP: 'show', LIVE_CALLBACK_KEY: 'own-callback' })
  expect(functionEnv(given, settings, ENDPOINTS)).toMatchObject({
    ...given,
    LIVE_PUSH_BASE: 'rtmp://127.0.0.1:1936/show',
  })
})
test('an empty variable is none', () => {
  expect(cloudSettings({ LIVE_PUSH_KEY: '' }, KEYS).LIVE_PUSH_KEY).toBe('own-push')
})
test('a database elsewhere cannot be reached by accident', () => {
  const given = { TCB_CONTEXT_CNFG: '{"URL":"https://real"}', TCB_ENV: 'prod' }
  const env = functionEnv(given, cloudSettings(given, KEYS), ENDPOINTS)
  expect([env.TCB_CONTEXT_CNFG, env.TCB_ENV]).toEqual(['{"URL":"http://127.0.0.1:9/admin"}', 'local'])
})
