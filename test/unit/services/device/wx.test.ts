import type { Device } from '../../../../miniprogram/services/device/port'
import { FakeWx } from './fake-wx'

// Loaded at run time: the types of `wx` and those of Node do not live in one program.
const { createWxDevice } = jest.requireActual<{ createWxDevice(): Device }>(
  '../../../../miniprogram/services/device/wx',
)

let wx: FakeWx
let device: Device
beforeEach(() => {
  wx = new FakeWx()
  Object.assign(globalThis, { wx })
  device = createWxDevice()
})
afterAll(() => {
  Reflect.deleteProperty(globalThis, 'wx')
})

test('media can be shown on a phone and not in DevTools, on old base libraries too', () => {
  expect(device.canShowMedia).toBe(true)
  wx.platform = 'devtools'
  expect(createWxDevice().canShowMedia).toBe(false)
  wx.missing.add('getDeviceInfo')
  expect(createWxDevice().canShowMedia).toBe(false)
  expect(createWxDevice().mediaGap).toBe('devtools')
})

test.each(['live-pusher', 'live-player', 'createLivePusherContext'])('a WeChat without %s is too old (P6)', (name) => {
  wx.missing.add(name)
  expect([createWxDevice().canShowMedia, createWxDevice().mediaGap]).toEqual([false, 'library'])
})

describe('permissions', () => {
  test('asks once, for the right scope', async () => {
    expect(await device.permissions.ensure('camera')).toBe('granted')
    expect(await device.permissions.ensure('microphone')).toBe('granted')
    expect(wx.asked).toEqual(['scope.camera', 'scope.record'])
  })

  test.each([
    [true, 'granted'],
    [false, 'denied'],
  ])('an earlier answer %s is %s, without a dialog', async (earlier, answer) => {
    wx.settings['scope.camera'] = earlier
    expect(await device.permissions.ensure('camera')).toBe(answer)
    expect(wx.asked).toEqual([])
  })

  test('a refusal now is denied', async () => {
    wx.answer = 'no'
    expect(await device.permissions.ensure('camera')).toBe('denied')
  })

  test('no agreement to the privacy guideline: refused before and without any dialog for the camera', async () => {
    wx.privacy = false
    expect(await device.permissions.ensure('camera')).toBe('privacy-refused')
    expect(wx.asked).toEqual([])
  })

  test('an agreement that is refused inside the dialog is told apart from a denied camera', async () => {
    wx.answer = 'privacy'
    expect(await device.permissions.ensure('camera')).toBe('privacy-refused')
  })

  test('without the privacy call (base library before 2.32.3) and with failing settings it asks', async () => {
    wx.missing.add('requirePrivacyAuthorize')
    wx.privacy = false
    wx.settingsFail = true
    expect(await device.permissions.ensure('microphone')).toBe('granted')
  })
})

test('the settings page: resolves when the user is back', async () => {
  await expect(device.openSettings()).resolves.toBeUndefined()
})

test('events reach their handler until it ends them, and ending twice is harmless', () => {
  const heard: unknown[] = []
  const ends = [
    device.onNetwork((online) => heard.push(online)),
    device.onShow(() => heard.push('show')),
    device.onHide(() => heard.push('hide')),
    device.onInterruption((phase) => heard.push(phase)),
  ]
  const fireAll = () => {
    wx.fire('network', { isConnected: false })
    wx.fire('network', { isConnected: true })
    for (const event of ['show', 'hide', 'begin', 'end']) wx.fire(event, {})
  }
  fireAll()
  expect(heard).toEqual([false, true, 'show', 'hide', 'begin', 'end'])
  for (const end of [...ends, ...ends]) end()
  fireAll()
  expect(heard).toHaveLength(6)
  expect(wx.listening).toBe(0)
})

test('the screen stays on until the last holder lets go, and again after the app was in the background', () => {
  const [first, second] = [device.keepScreenOn(), device.keepScreenOn()]
  expect(wx.screen).toEqual([true])
  first()
  first()
  wx.fire('show')
  expect(wx.screen).toEqual([true, true])
  second()
  expect(wx.screen).toEqual([true, true, false])
  wx.fire('show')
  expect(wx.screen).toHaveLength(3)
  expect(wx.listening).toBe(0)
})

describe('storage', () => {
  const isName = (value: unknown): value is { name: string } =>
    typeof value === 'object' && value !== null && 'name' in value

  test('gives back what was set, and nothing when it is missing, removed or of another shape', () => {
    expect(device.storage.get('me', isName)).toBeUndefined()
    device.storage.set('me', { name: 'alice' })
    expect(device.storage.get('me', isName)).toEqual({ name: 'alice' })
    device.storage.set('me', 'an older version')
    expect(device.storage.get('me', isName)).toBeUndefined()
    device.storage.set('me', { name: 'alice' })
    device.storage.remove('me')
    expect(device.storage.get('me', isName)).toBeUndefined()
  })

  test('a full or broken storage is silent', () => {
    wx.storageBroken = true
    device.storage.set('me', 1)
    device.storage.remove('me')
    expect(device.storage.get('me', isName)).toBeUndefined()
  })
})

test('measures window, safe area and capsule; without a safe area it is the window below the status bar', () => {
  expect(device.layout()).toEqual({
    windowWidth: 390,
    windowHeight: 844,
    statusBarHeight: 47,
    safeArea: { top: 47, left: 0, right: 390, bottom: 810, width: 390, height: 763 },
    menu: { top: 51, left: 296, right: 383, bottom: 83, width: 87, height: 32 },
  })
  wx.missing.add('getWindowInfo')
  expect(device.layout().safeArea).toEqual({ top: 20, left: 0, right: 320, bottom: 640, width: 320, height: 620 })
})

test('a phone that cannot vibrate is silent', () => {
  expect(() => device.vibrate()).not.toThrow()
})

describe('ringing', () => {
  beforeEach(() => jest.useFakeTimers())
  afterEach(() => jest.useRealTimers())

  test('is felt and heard until it is stopped, and leaves neither timer nor sound behind', () => {
    const stop = device.ring(true)
    jest.advanceTimersByTime(5000)
    expect(wx).toMatchObject({ shaken: 3, tones: 6, bells: 1 })
    stop()
    stop()
    expect(wx.bells).toBe(0)
    expect(jest.getTimerCount()).toBe(0)
  })

  test('is felt only where it must be silent, or where this WeChat has no bell', () => {
    device.ring(false)()
    wx.missing.add('createWebAudioContext')
    device.ring(true)()
    expect(wx).toMatchObject({ shaken: 2, tones: 0, bells: 0 })
  })
})
