import type { NetStatus, PusherHandle } from '../../stores/media/handles'
import { promised } from '../shared/promised'

/** What the native tag reported; `media` carries it. */
export type PusherReport =
  | { kind: 'state'; code: number }
  | { kind: 'error'; code: number }
  | { kind: 'net'; info: NetStatus }

interface Own {
  withdraw: (() => void) | undefined
}
const own = (instance: unknown) => instance as Own

/** The platform's pusher of this page as the store wants it. There is one per page (P37), so it needs no id. */
function handleOf(context: WechatMiniprogram.LivePusherContext): PusherHandle {
  return {
    // the url is flushed by nextTick; a start before that would push to the old one
    start: () =>
      new Promise((resolve, reject) => wx.nextTick(() => promised((o) => context.start(o)).then(resolve, reject))),
    stop: () => promised((o) => context.stop(o)),
    startPreview: () => promised((o) => context.startPreview(o)),
    stopPreview: () => promised((o) => context.stopPreview(o)),
    switchCamera: () => promised((o) => context.switchCamera(o)),
    pause: () => promised((o) => context.pause(o)),
    resume: () => promised((o) => context.resume(o)),
  }
}

/**
 * One native `<live-pusher>`. Mount it only after the permissions are there: the tag opens the camera by itself. It fires
 * `mounted` when `connect` may be called, and `media` with a PusherReport for all that the native tag says.
 */
Component({
  properties: {
    url: { type: String, value: '' },
    mode: { type: String, value: 'HD' },
    muted: { type: Boolean, value: false },
    cameraOn: { type: Boolean, value: true },
    /** Read once: later the camera is flipped through the handle, and the attribute has no effect on a phone. */
    facing: { type: String, value: 'front' },
    beauty: { type: Number, value: 0 },
    whiteness: { type: Number, value: 0 },
  },
  data: { position: 'front' },
  lifetimes: {
    attached() {
      this.setData({ position: this.data.facing })
    },
    ready() {
      this.triggerEvent('mounted')
    },
    detached() {
      own(this).withdraw?.()
      own(this).withdraw = undefined
    },
  },
  methods: {
    /** Hands the native pusher to `attach`; what it returns is called when this tile goes. */
    connect(attach: (handle: PusherHandle) => () => void) {
      own(this).withdraw?.()
      own(this).withdraw = attach(handleOf(wx.createLivePusherContext()))
    },
    onState(e: WechatMiniprogram.LivePusherStateChange) {
      this.triggerEvent('media', { kind: 'state', code: e.detail.code } satisfies PusherReport)
    },
    onError(e: WechatMiniprogram.LivePusherError) {
      this.triggerEvent('media', { kind: 'error', code: e.detail.errCode } satisfies PusherReport)
    },
    onNet(e: { detail: { info: NetStatus } }) {
      this.triggerEvent('media', { kind: 'net', info: e.detail.info } satisfies PusherReport)
    },
  },
})
