import { type Kit, useKit } from '../../../miniprogram/stores/kit'
import { configured, type LiveKitConfig } from '../../../miniprogram/wiring/live-kit-config'

// Loaded at run time: the types of `wx` and those of Node do not live in one program.
const { installLiveKit } = jest.requireActual<{ installLiveKit(config: LiveKitConfig): Kit }>(
  '../../../miniprogram/wiring/install-live-kit',
)

const OWN = { backend: { kind: 'http', baseUrl: 'http://127.0.0.1:8080' } } as const
const ME = { userId: 'u', name: 'Ann' }
const answer = () => ({
  result: { me: ME, openRoom: null, settings: { heartbeatMs: 1, pollMs: 1 } },
  serverNow: Date.now() + 60_000,
})

/** The parts of `wx` that the adapters touch. */
function platform(extra: object) {
  const nothing = () => {}
  const wx = {
    canIUse: () => true,
    getDeviceInfo: () => ({ platform: 'android' }),
    onNetworkStatusChange: nothing,
    onAppShow: nothing,
    onAppHide: nothing,
    onAudioInterruptionBegin: nothing,
    onAudioInterruptionEnd: nothing,
    offNetworkStatusChange: nothing,
    offAudioInterruptionBegin: nothing,
    offAudioInterruptionEnd: nothing,
    ...extra,
  }
  Object.assign(globalThis, { wx })
}
afterEach(() => {
  Object.assign(globalThis, { wx: undefined })
})

test('the extension config replaces the backend of config.ts, and a misshapen one is refused loudly', () => {
  expect(configured(OWN, {})).toBe(OWN)
  expect(configured(OWN, undefined)).toBe(OWN)
  expect(configured(OWN, { backend: { kind: 'cloud', env: 'local', more: 1 } })).toEqual({
    backend: { kind: 'cloud', env: 'local' },
  })
  expect(configured(OWN, { backend: { kind: 'http', baseUrl: 'https://a.example//' } })).toEqual({
    backend: { kind: 'http', baseUrl: 'https://a.example' },
  })
  for (const backend of [
    null,
    'cloud',
    { kind: 'cloud' },
    { kind: 'cloud', env: '' },
    { kind: 'http', baseUrl: 'ftp://a' },
  ]) {
    expect(() => configured(OWN, { backend })).toThrow(/backend must be/)
  }
})

test('cloud: calls the function room in the environment, and keeps the clock of the server', async () => {
  const called: unknown[] = []
  platform({
    cloud: {
      init: (options: unknown) => called.push(options),
      callFunction: async (options: unknown) => {
        called.push(options)
        return { result: answer() }
      },
    },
  })
  const kit = installLiveKit({ backend: { kind: 'cloud', env: 'local' } })
  expect(useKit()).toBe(kit)
  expect(await kit.session.login()).toEqual(ME)
  expect(called).toEqual([{ env: 'local' }, { name: 'room', data: { action: 'login' } }])
  expect(Math.abs(kit.session.now() - Date.now() - 60_000)).toBeLessThan(1000)
  expect(kit.device.canShowMedia).toBe(true)
})

test('a picture for a cover goes into the storage of the cloud; a web door takes none', async () => {
  const uploaded: object[] = []
  platform({
    chooseMedia: ({ success }: { success: (chosen: object) => void }) =>
      success({ tempFiles: [{ tempFilePath: 'wxfile://1.png', size: 1 }] }),
    cloud: {
      init: () => {},
      callFunction: async () => ({ result: answer() }),
      uploadFile: (options: object) => {
        uploaded.push(options)
        return { abort: () => {} }
      },
    },
  })
  const room = installLiveKit({ backend: { kind: 'cloud', env: 'local' } }).openLiveRoom({ role: 'anchor' })
  await room.picture?.choose()
  for (let i = 0; i < 20 && uploaded.length === 0; i++) await Promise.resolve()
  expect(uploaded).toMatchObject([
    { cloudPath: expect.stringMatching(/^covers\/u\/.+\.png$/), filePath: 'wxfile://1.png' },
  ])
  room.end()
  const web = installLiveKit(OWN).openLiveRoom({ role: 'anchor' })
  expect(web.picture).toBeNull()
  web.end()
})

interface HttpRequest {
  url: string
  data: unknown
  header: Record<string, string>
  success: (response: { statusCode: number; data: unknown }) => void
}

test.each([
  ['a code of the platform', {}, 'dev:alice'],
  ['a name for a local cloud', { devUser: 'devtools' }, 'dev:devtools'],
])('http: logs in with %s and calls the web door with the token', async (_what, extra, code) => {
  const requests: Pick<HttpRequest, 'url' | 'data' | 'header'>[] = []
  platform({
    login: ({ success }: { success: (result: { code: string }) => void }) => success({ code: 'dev:alice' }),
    request: ({ url, data, header, success }: HttpRequest) => {
      requests.push({ url, data, header })
      success({ statusCode: 200, data: url.endsWith('/dev/login') ? { token: 't0k', expiresInMs: 1 } : answer() })
    },
  })
  const { session } = installLiveKit({ backend: { ...OWN.backend, ...extra } })
  expect(await session.login()).toEqual(ME)
  expect(requests).toMatchObject([
    { url: 'http://127.0.0.1:8080/dev/login', data: { code } },
    { url: 'http://127.0.0.1:8080/http/web-room', header: { authorization: 'Bearer t0k' } },
  ])
})

test('http: a login that is refused is told as such', async () => {
  platform({ request: ({ success }: HttpRequest) => success({ statusCode: 400, data: { error: {} } }) })
  const { session } = installLiveKit({ backend: { ...OWN.backend, devUser: 'x' } })
  await expect(session.login()).rejects.toMatchObject({ code: 'unauthenticated' })
})
