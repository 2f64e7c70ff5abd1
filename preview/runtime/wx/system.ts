import { CAPSULE, NAV_HEIGHT } from '../screen'
import { api } from './api'
import type { PhoneCore } from './core'

const SDK_VERSION = '3.8.0'

/** The phone speaks what the browser speaks; `?lang=zh_CN` or `?lang=en` says otherwise. */
const languageOf = (params: URLSearchParams): string =>
  params.get('lang') ?? (navigator.language.startsWith('zh') ? 'zh_CN' : 'en')

/** Facts about the phone, its screen and the app. */
export function system({ app, params, screen, stack, theme }: PhoneCore) {
  const platform = params.get('platform') ?? 'android'
  const device = { platform, brand: 'preview', model: 'preview', system: 'Android 14', benchmarkLevel: 30 }
  const base = () => ({
    SDKVersion: SDK_VERSION,
    version: '8.0.50',
    language: languageOf(params),
    // Not told to a mini program that does not follow the system.
    ...(app.darkmode && { theme: theme.name }),
    enableDebug: false,
    // Standard, in px.
    fontSizeSetting: 16,
  })
  const windowInfo = () => {
    const { innerWidth: width, innerHeight: height } = window
    const top = screen.statusBarHeight
    const custom = stack.top?.spec.config.navigationStyle === 'custom'
    const bottom = height - screen.bottomInset
    return {
      pixelRatio: window.devicePixelRatio,
      screenWidth: width,
      screenHeight: height,
      windowWidth: width,
      windowHeight: custom ? height : height - top - NAV_HEIGHT,
      statusBarHeight: top,
      screenTop: custom ? 0 : top + NAV_HEIGHT,
      safeArea: { left: 0, right: width, top, bottom, width, height: bottom - top },
    }
  }
  const everything = () => ({ ...windowInfo(), ...device, ...base() })
  return {
    getWindowInfo: windowInfo,
    getDeviceInfo: () => ({ ...device }),
    getAppBaseInfo: base,
    getSystemInfoSync: everything,
    getSystemInfo: api('getSystemInfo', everything),
    getSystemSetting: () => ({
      bluetoothEnabled: true,
      locationEnabled: true,
      wifiEnabled: true,
      deviceOrientation: 'portrait',
    }),
    getMenuButtonBoundingClientRect: () => {
      const top = screen.statusBarHeight + (NAV_HEIGHT - CAPSULE.height) / 2
      const right = window.innerWidth - CAPSULE.right
      return { ...CAPSULE, top, right, bottom: top + CAPSULE.height, left: right - CAPSULE.width }
    },
  }
}
