import { readConfig } from '../../../cloudfunctions/adapters/config'

const environment: Record<string, string> = {
  TCB_ENV: 'prod-1',
  LIVE_PUSH_BASE: 'rtmp://push.test/live/',
  LIVE_PLAY_BASE: 'https://play.test/live',
  LIVE_PUSH_DOMAIN: 'push.test',
  LIVE_PUSH_KEY: 'k1k1k1k1',
  LIVE_CALLBACK_KEY: 'k2k2k2k2',
  TENCENT_SECRET_ID: 'AKID1',
  TENCENT_SECRET_KEY: 'k3k3k3k3',
  IM_SDK_APP_ID: '1400000000',
  IM_SECRET_KEY: 'k4k4k4k4',
  USER_ID_SECRET: '0123456789abcdef',
  WEB_TOKEN_SECRET: 'fedcba9876543210',
}

it('needs no more than the keys: every rhythm and address has a default', () => {
  expect(readConfig(environment)).toMatchObject({
    env: 'prod-1',
    service: {
      live: { pushBase: 'rtmp://push.test/live', pushTtlS: 86_400, playKey: '' },
      chat: { kind: 'tim', admin: 'administrator' },
      graceMs: 60_000,
      leaseMs: 180_000,
      viewerLeaseMs: 180_000,
      idleMs: 300_000,
      settings: { heartbeatMs: 60_000, pollMs: 60_000 },
    },
    streaming: { endpoint: 'live.tencentcloudapi.com', protocol: 'https://', app: 'live' },
    im: { base: 'https://console.tim.qq.com', admin: 'administrator' },
    webOrigins: [],
  })
})

it('knows where recordings go, if somewhere else than by default', () => {
  expect(readConfig(environment).streaming).not.toHaveProperty('vodSubAppId')
  const streaming = { recordTemplateId: 12, vodSubAppId: 1500 }
  expect(readConfig({ ...environment, RECORD_TEMPLATE_ID: '12', VOD_SUB_APP_ID: '1500' })).toMatchObject({ streaming })
  for (const value of ['0', '-1', '1.5', 'x']) {
    expect(() => readConfig({ ...environment, VOD_SUB_APP_ID: value })).toThrow('VOD_SUB_APP_ID must be')
  }
})

it('M27: names every variable that is missing', () => {
  const required = Object.keys(environment)
  for (const name of required) {
    const { [name]: _gone, ...rest } = environment
    expect(() => readConfig(rest)).toThrow(`${name} is not set`)
  }
  const message = (() => {
    try {
      return String(readConfig({}))
    } catch (error) {
      return String(error)
    }
  })()
  for (const name of required.filter((n) => n !== 'TCB_ENV')) expect(message).toContain(name)
  const { TCB_ENV, ...rest } = environment
  expect(readConfig({ ...rest, SCF_NAMESPACE: TCB_ENV }).env).toBe('prod-1')
})

it('M27: refuses values that were never filled in', () => {
  for (const value of ['<your key>', 'your-push-key', 'change-me', 'CHANGEME', 'xxxx', 'todo']) {
    expect(() => readConfig({ ...environment, LIVE_PUSH_KEY: value })).toThrow(
      'LIVE_PUSH_KEY still holds a placeholder',
    )
  }
})

it('never prints the value of a secret', () => {
  for (const name of ['USER_ID_SECRET', 'WEB_TOKEN_SECRET']) {
    expect(() => readConfig({ ...environment, [name]: 'tooshort' })).toThrow(
      new Error(`configuration: ${name} must have at least 16 characters`),
    )
  }
})

it('refuses a play key that would let viewers push', () => {
  expect(() => readConfig({ ...environment, LIVE_PLAY_KEY: 'k1k1k1k1' })).toThrow('LIVE_PLAY_KEY must differ')
})

it('refuses addresses and numbers that are none', () => {
  const wrong: [string, string][] = [
    ['LIVE_PUSH_BASE', 'http://push.test/live'],
    ['LIVE_PLAY_BASE', 'play.test'],
    ['GRACE_MS', '-1'],
    ['LEASE_MS', '1.5'],
    ['IM_SDK_APP_ID', 'abc'],
    ['LIVE_API_PROTOCOL', 'ftp://'],
    ['CHAT_KIND', 'irc'],
  ]
  for (const [name, value] of wrong) expect(() => readConfig({ ...environment, [name]: value })).toThrow(`${name} must`)
  const local = { ...environment, CHAT_KIND: 'local' }
  expect(() => readConfig(local)).toThrow('CHAT_URL is not set')
  expect(() => readConfig({ ...local, CHAT_URL: 'http://chat.test' })).toThrow('CHAT_URL must be a ws://')
})

it('reads the list of origins', () => {
  expect(readConfig({ ...environment, WEB_ORIGINS: 'https://a.test, https://b.test' }).webOrigins).toEqual([
    'https://a.test',
    'https://b.test',
  ])
})
