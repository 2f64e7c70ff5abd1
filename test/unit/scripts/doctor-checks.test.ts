import { allowList } from '../../../scripts/doctor/checks/allow-list'
import { checkChat } from '../../../scripts/doctor/checks/chat'
import { databaseToMake } from '../../../scripts/doctor/checks/database'
import { checkDomains } from '../../../scripts/doctor/checks/domains'
import { checkFunctions } from '../../../scripts/doctor/checks/functions'
import { checkProject, newer } from '../../../scripts/doctor/checks/project'
import { checkRhythms } from '../../../scripts/doctor/checks/rhythms'
import { checkSecrets } from '../../../scripts/doctor/checks/secrets'
import { checkUnknown, checkVariables } from '../../../scripts/doctor/checks/variables'
import { checkOrigins } from '../../../scripts/doctor/checks/web'
import type { Finding } from '../../../scripts/doctor/finding'
import { examine } from '../../../scripts/doctor/offline'
import { GOOD, goodProject, subject } from './doctor-subject'

const bad = (findings: Finding[]): string[] =>
  findings.filter(({ level }) => level === 'error' || level === 'warning').map(({ id, level }) => `${level} ${id}`)

test('a configuration with nothing wrong has only things to look at by hand', () => {
  const findings = examine(subject())
  expect(bad(findings)).toEqual([])
  expect(findings.filter(({ level }) => level === 'todo').map(({ id }) => id)).toEqual([
    'chat.limits',
    'functions.set',
    'database',
    'console.category',
    'console.interfaces',
    'console.privacy',
    'console.callback',
    'console.routes',
    'allow-list',
  ])
})

test('every finding says what, why and what to do, in both languages', () => {
  const broken = [
    examine(
      subject({ LIVE_PUSH_KEY: 'short', LIVE_PUSHKEY: 'x', PUSH_TTL_S: '60', CHAT_KIND: 'local', WEB_ORIGINS: '*' }),
    ),
    examine(subject({ LIVE_PUSH_BASE: undefined, IM_SDK_APP_ID: 'wx1' }, { backend: null, built: [], app: {} })),
  ].flat()
  const findings = broken.filter(({ level }) => level !== 'ok')
  expect(findings.length).toBeGreaterThan(15)
  for (const { id, what, why, fix } of findings) {
    for (const text of [what, why, fix]) {
      expect([id, text?.zh.length, text?.en.length]).toEqual([id, expect.any(Number), expect.any(Number)])
      expect([id, /[\u4e00-\u9fff]/.test(text?.en ?? '')]).toEqual([id, false])
    }
  }
})

describe('variables', () => {
  it.each([
    [{ LIVE_PUSH_KEY: undefined }, 'LIVE_PUSH_KEY', 'LIVE_PUSH_KEY 没有设置'],
    [{ LIVE_PUSH_KEY: '<key>' }, 'LIVE_PUSH_KEY', 'LIVE_PUSH_KEY 还是例子里的占位内容'],
    [
      { LIVE_PLAY_BASE: 'rtmp://play.yours.cn/live' },
      'LIVE_PLAY_BASE',
      'LIVE_PLAY_BASE 必须以 http:// or https:// 开头',
    ],
    [{ GRACE_MS: 'soon' }, 'GRACE_MS', 'GRACE_MS 必须是大于 0 的整数'],
    [{ USER_ID_SECRET: 'brief' }, 'USER_ID_SECRET', 'USER_ID_SECRET 至少要 16 个字符'],
  ])('names %j', (change, name, zh) => {
    const [finding, ...rest] = checkVariables(subject(change))
    expect(rest).toEqual([])
    expect(finding).toMatchObject({ id: `variables:${name}`, level: 'error', what: { zh } })
  })

  it('does not ask for what the platform sets', () => {
    expect(bad(checkVariables(subject({ TCB_ENV: undefined })))).toEqual([])
  })

  it('explains each by the table of the deployment document, in its language', () => {
    const [finding] = checkVariables(subject({ LIVE_CALLBACK_KEY: undefined }))
    const { zh, en } = goodProject().table
    expect(finding?.why?.zh).toContain(zh.LIVE_CALLBACK_KEY?.meaning)
    expect(finding?.why?.en).toContain(en.LIVE_CALLBACK_KEY?.meaning)
    expect(finding?.fix?.zh).toContain('直播回调')
  })

  it('finds a misspelt name and leaves those of others alone', () => {
    const findings = checkUnknown(
      subject({ LIVE_PUSHKEY: 'x', LIVE_SOMETHING_ELSE: 'x', PATH: '/bin', LIBRARY_X: 'x' }),
    )
    expect(findings.map(({ id, fix }) => [id, fix?.en])).toEqual([
      ['variables.unknown:LIVE_PUSHKEY', 'is it LIVE_PUSH_KEY?'],
      ['variables.unknown:LIVE_SOMETHING_ELSE', expect.stringContaining('remove it')],
    ])
  })
})

describe('secrets', () => {
  it.each([
    [{ LIVE_PUSH_KEY: 'abcdef0123' }, 'error secrets.short:LIVE_PUSH_KEY'],
    [{ LIVE_CALLBACK_KEY: '1'.repeat(32) }, 'error secrets.plain:LIVE_CALLBACK_KEY'],
    [{ LIVE_PLAY_KEY: GOOD.LIVE_PUSH_KEY }, 'error secrets.same:LIVE_PUSH_KEY+LIVE_PLAY_KEY'],
    [{ WEB_TOKEN_SECRET: GOOD.USER_ID_SECRET }, 'error secrets.same:USER_ID_SECRET+WEB_TOKEN_SECRET'],
  ])('%j', (change, expected) => {
    expect(bad(checkSecrets(subject(change)))).toEqual([expected])
  })

  it('lets chat and TRTC share the key of their application', () => {
    expect(bad(checkSecrets(subject({ TRTC_SECRET_KEY: GOOD.IM_SECRET_KEY ?? '' })))).toEqual([])
  })

  it('takes an open play domain for what it is', () => {
    expect(bad(checkSecrets(subject({ LIVE_PLAY_KEY: '' })))).toEqual([])
  })
})

describe('domains', () => {
  it.each([
    ['one domain for both', { LIVE_PLAY_BASE: 'https://push.yours.cn/live' }, 'error domains.same'],
    ['another push domain for the API', { LIVE_PUSH_DOMAIN: 'old.yours.cn' }, 'error domains.other'],
    [
      'another app name',
      { LIVE_APP: 'show', LIVE_PUSH_BASE: 'rtmp://push.yours.cn/show' },
      'error domains.app:LIVE_PLAY_BASE',
    ],
    [
      'a domain of Tencent',
      { LIVE_PLAY_BASE: 'https://1234.liveplay.myqcloud.com/live' },
      'error domains.tencents:LIVE_PLAY_BASE',
    ],
    ['an example', { LIVE_PLAY_BASE: 'https://play.example.com/live' }, 'error domains.example:LIVE_PLAY_BASE'],
    ['no encryption', { LIVE_PLAY_BASE: 'http://play.yours.cn/live' }, 'warning domains.plain'],
    ['this machine', { IM_REST_BASE: 'http://127.0.0.1:8080/im' }, 'error domains.loopback:IM_REST_BASE'],
  ])('%s', (_, change, expected) => {
    expect(bad(checkDomains(subject(change)))).toEqual([expected])
  })

  it('knows old live codes by their BIZID', () => {
    const change = { LIVE_PLAY_BASE: 'https://1234.liveplay.myqcloud.com/live', LIVE_BIZID: '1234' }
    expect(bad(checkDomains(subject(change)))).toEqual([])
    expect(bad(checkDomains(subject({ ...change, LIVE_BIZID: '9999' })))).toEqual([
      'error domains.tencents:LIVE_PLAY_BASE',
    ])
  })

  it('looks at every address that phones play from', () => {
    const change = { LIVE_RTMP_PLAY_BASE: 'rtmp://push.yours.cn/live', LIVE_WEBRTC_BASE: 'webrtc://127.0.0.1/show' }
    expect(bad(checkDomains(subject(change)))).toEqual([
      'error domains.loopback:LIVE_WEBRTC_BASE',
      'error domains.same',
      'error domains.app:LIVE_WEBRTC_BASE',
    ])
  })

  it('knows the local cloud, and asks nothing of it that only a deployment has', () => {
    const local = {
      LIVE_PUSH_BASE: 'rtmp://127.0.0.1:1935/live',
      LIVE_PLAY_BASE: 'http://127.0.0.1:8080/live',
      IM_REST_BASE: 'http://127.0.0.1:8080/im',
      CHAT_KIND: 'local',
      CHAT_URL: 'ws://127.0.0.1:8080/im/ws',
    }
    const findings = examine(subject(local, { projectConfig: { appid: 'touristappid', libVersion: '3.8.0' } }))
    expect(findings.filter(({ level }) => level !== 'ok').map(({ id }) => id)).toEqual(['domains.local'])
  })
})

describe('rhythms', () => {
  it.each([
    [{ PUSH_TTL_S: '600' }, 'error rhythms:PUSH_TTL_S'],
    [{ LOW_LATENCY_TTL_S: '7200' }, 'warning rhythms:LOW_LATENCY_TTL_S'],
    [{ PUSH_TTL_S: '2592000' }, 'warning rhythms:PUSH_TTL_S'],
    [{ LEASE_MS: '120000' }, 'error rhythms:LEASE_MS'],
    [{ POLL_MS: '90000' }, 'error rhythms:VIEWER_LEASE_MS'],
    [{ HEARTBEAT_MS: '7000' }, 'warning rhythms:HEARTBEAT_MS'],
  ])('%j', (change, expected) => {
    expect(bad(checkRhythms(subject(change)))).toEqual([expected])
  })
})

describe('chat', () => {
  it.each([
    [{ IM_SDK_APP_ID: '12345' }, 'error chat.app-id'],
    [{ IM_SECRET_KEY: 'abc123abc123abc1' }, 'warning chat.key'],
    [{ CHAT_KIND: 'local', CHAT_URL: 'ws://x.yours.cn' }, 'error chat.kind'],
  ])('%j', (change, expected) => {
    expect(bad(checkChat(subject(change)))).toEqual([expected])
  })
})

test.each(['http://desk.yours.cn', 'https://desk.yours.cn/', 'https://desk.yours.cn/page', '*', 'desk.yours.cn'])(
  '%s is no origin of a page',
  (origin) => {
    expect(bad(checkOrigins(subject({ WEB_ORIGINS: `https://fine.yours.cn,${origin}` })))).toEqual([
      `error web.origin:${origin}`,
    ])
  },
)

describe('the domains to enter', () => {
  it('are those of the chat, by the application', () => {
    const { request, socket, uploadFile, downloadFile } = allowList(subject())
    expect(request).toContain('https://web.sdk.qcloud.com')
    expect(socket[0]).toBe('wss://1400000001w4c.my-imcloud.com')
    expect(socket).toContain('wss://wss.im.qcloud.com')
    expect([uploadFile, downloadFile]).toEqual([[], []])
  })

  it('hold the own server where the mini program calls one, and no media domain', () => {
    const lists = allowList(subject({}, { backend: { kind: 'http', baseUrl: 'https://api.yours.cn/rooms' } }))
    expect(lists.request[0]).toBe('https://api.yours.cn')
    expect(JSON.stringify(lists)).not.toMatch(/play\.yours|push\.yours/)
  })
})

describe('project files', () => {
  const own = goodProject()
  it.each([
    ['the test id', { projectConfig: { appid: 'touristappid', libVersion: '3.8.0' } }, 'error project.appid'],
    [
      'an old library',
      { projectConfig: { appid: 'wx0123456789abcdef', libVersion: '2.9.1' } },
      'error project.library',
    ],
    ['no privacy check', { app: { ...own.app, __usePrivacyCheck__: false } }, 'error project.privacy'],
    [
      'no word about the microphone',
      { app: { ...own.app, permission: { 'scope.camera': { desc: 'x' } } } },
      'error project.permission:scope.record',
    ],
    ['the local backend', { backend: { kind: 'http', baseUrl: 'http://127.0.0.1:8080' } }, 'error project.backend'],
    ['another environment', { backend: { kind: 'cloud', env: 'other-1' } }, 'error project.environment'],
  ])('%s', (_, change, expected) => {
    expect(bad(checkProject(subject({}, change)))).toEqual([expected])
  })

  it('compares versions by their numbers', () => {
    expect([
      newer('3.8.0', '2.32.3'),
      newer('2.32.3', '2.32.3'),
      newer('2.9.9', '2.32.3'),
      newer('latest', '2.32.3'),
    ]).toEqual([true, true, false, false])
  })
})

describe('functions and database', () => {
  const { functions, collections } = goodProject()
  it.each([
    ['no timer', { functions: { ...functions, sweeper: {} } }, 'error functions.timer'],
    [
      'a timer of five fields',
      { functions: { ...functions, sweeper: { triggers: [{ type: 'timer', config: '* * * * *' }] } } },
      'error functions.timer',
    ],
    ['no permission to check texts', { functions: { ...functions, room: {} } }, 'error functions.openapi:room'],
    ['nothing built', { built: Object.keys(functions).slice(1) }, 'warning functions.built'],
  ])('%s', (_, change, expected) => {
    expect(bad(checkFunctions(subject({}, change)))).toEqual([expected])
  })

  it('needs no permission of WeChat for a list of words', () => {
    expect(bad(checkFunctions(subject({ TEXT_CHECK: 'words' }, { functions: { ...functions, room: {} } })))).toEqual([])
  })

  it('lists every collection and every index with its directions', () => {
    const [finding] = databaseToMake(subject())
    expect(finding?.copy?.map(({ heading }) => heading)).toEqual(Object.keys(collections))
    const indexes = Object.values(collections).flatMap(({ indexes: all }) => all)
    expect(finding?.copy?.flatMap(({ lines }) => lines)).toHaveLength(indexes.length)
    expect(JSON.stringify(finding?.copy)).toContain('listKey desc')
  })
})
