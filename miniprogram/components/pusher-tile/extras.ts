import type { PusherExtras } from '../../stores/media/handles'
import { answered, promised, snapshotOf } from '../shared/promised'

type Context = WechatMiniprogram.LivePusherContext

/** Everything that goes beyond start and stop. */
const all = (context: Context): PusherExtras => ({
  toggleTorch: () => promised((o) => context.toggleTorch(o)),
  snapshot: () =>
    answered<WechatMiniprogram.LivePusherContextSnapshotSuccessCallbackResult>((o) =>
      context.snapshot({ quality: 'raw', ...o }),
    ).then(snapshotOf),
  maxZoom: () =>
    answered<WechatMiniprogram.GetMaxZoomSuccessCallbackResult>((o) => context.getMaxZoom(o)).then(
      ({ maxZoom }) => Number(maxZoom) || 1,
    ),
  setZoom: (zoom) => promised((o) => context.setZoom({ zoom, ...o })),
  playMusic: (url, startTimeMs) => promised((o) => context.playBGM({ url, startTimeMs, ...o })),
  stopMusic: () => promised((o) => context.stopBGM(o)),
  pauseMusic: () => promised((o) => context.pauseBGM(o)),
  resumeMusic: () => promised((o) => context.resumeBGM(o)),
  // The typings say text here and a number beside it; clients take a number for both.
  setMusicVolume: (volume) => promised((o) => context.setBGMVolume({ volume: volume as unknown as string, ...o })),
  setMicVolume: (volume) => promised((o) => context.setMICVolume({ volume, ...o })),
})

const NAMES: Record<keyof PusherExtras, keyof Context> = {
  toggleTorch: 'toggleTorch',
  snapshot: 'snapshot',
  maxZoom: 'getMaxZoom',
  setZoom: 'setZoom',
  playMusic: 'playBGM',
  stopMusic: 'stopBGM',
  pauseMusic: 'pauseBGM',
  resumeMusic: 'resumeBGM',
  setMusicVolume: 'setBGMVolume',
  setMicVolume: 'setMICVolume',
}

/** What this client's pusher can do beyond start and stop: the typings list more than each client has (P47). */
export function extrasOf(context: Context): Partial<PusherExtras> {
  const extras: Partial<PusherExtras> = all(context)
  for (const [extra, name] of Object.entries(NAMES)) {
    if (typeof context[name] !== 'function') delete extras[extra as keyof PusherExtras]
  }
  return extras
}
