import { registry } from '../builtins/registry'
import { api, type Options } from './api'
import type { PhoneCore } from './core'
import { WxError } from './error'
import { hostOf } from './host-of'

const PUSHER = [
  'start',
  'stop',
  'pause',
  'resume',
  'switchCamera',
  'snapshot',
  'toggleTorch',
  'playBGM',
  'stopBGM',
  'pauseBGM',
  'resumeBGM',
  'setBGMVolume',
  'setMICVolume',
  'getMaxZoom',
  'setZoom',
  'sendMessage',
  'startPreview',
  'stopPreview',
  'startAudioRecord',
  'stopAudioRecord',
]
const PLAYER = [
  'play',
  'stop',
  'mute',
  'pause',
  'resume',
  'requestFullScreen',
  'exitFullScreen',
  'snapshot',
  'requestPictureInPicture',
  'exitPictureInPicture',
]

const VIDEO = ['play', 'pause', 'stop', 'seek', 'playbackRate', 'requestFullScreen', 'exitFullScreen']

type Find = () => ReturnType<typeof registry.at>

/** A context object whose methods reach the media tag that is there when they are called. */
function context(kind: string, names: readonly string[], find: Find) {
  const call = (name: string) =>
    api(`${kind}.${name}`, async (options: Options) => {
      const builtin = find()
      if (!builtin) throw new WxError('invalid component: no such tag on the page')
      const method = builtin.instance.methods?.[name]
      if (!method) throw new WxError('not supported on this device')
      return method(options)
    })
  return Object.fromEntries(names.map((name) => [name, call(name)]))
}

/** Contexts of the media tags. */
export function live({ stack }: PhoneCore) {
  return {
    createLivePusherContext: () =>
      context('livePusherContext', PUSHER, () => {
        const page = stack.top?.element
        return page && registry.inside(page, 'live-pusher').at(-1)
      }),
    /** Without the component that owns the tag, only tags of the page itself are found. */
    createLivePlayerContext: (id: string, component?: unknown) =>
      context('livePlayerContext', PLAYER, () => hostOf(component ?? stack.top?.caller, id, 'live-player')),
    /** Its methods take plain values and tell nothing about their outcome. */
    createVideoContext: (id: string, component?: unknown) => {
      const video = context('videoContext', VIDEO, () => hostOf(component ?? stack.top?.caller, id, 'video'))
      const quietly = (name: string, options: Options = {}) =>
        void Promise.resolve(video[name]?.(options)).catch(() => {})
      return {
        ...Object.fromEntries(VIDEO.map((name) => [name, () => quietly(name)])),
        seek: (position: number) => quietly('seek', { position }),
        playbackRate: (rate: number) => quietly('playbackRate', { rate }),
      }
    },
  }
}
