import type { CallPicture, NetStatus, PusherHandle } from '../../stores/media/handles'
import type { Publisher } from '../../stores/media/publisher'
import { mediaOf, mediaTile } from '../shared/media-tile'
import { promised } from '../shared/promised'
import { extrasOf } from './extras'

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
    ...extrasOf(context),
  }
}

/** What the tag pushes in a show, by its own rules; `mode` decides about the size. */
const SHOW: CallPicture = { aspect: '9:16', width: 360, height: 640, minBitrate: 200, maxBitrate: 1000 }

function fieldsOf(publisher: Publisher) {
  // Read once: later the camera is flipped through the handle, and the attribute has no effect on a phone.
  const { facing } = publisher
  return {
    url: () => publisher.url,
    mode: () => (publisher.picture ? 'RTC' : publisher.mode),
    picture: () => publisher.picture ?? SHOW,
    muted: () => publisher.muted,
    cameraOn: () => publisher.cameraOn,
    position: () => facing,
    orientation: () => publisher.orientation,
    beauty: () => publisher.beauty,
    whiteness: () => publisher.whiteness,
    style: () => publisher.looks.style,
    filter: () => publisher.looks.filter,
    reverb: () => publisher.looks.reverb,
    localMirror: () => (publisher.looks.selfMirrored ? 'auto' : 'disable'),
    remoteMirror: () => publisher.looks.othersMirrored,
  }
}

/**
 * One native `<live-pusher>` for a Publisher (`connect`). Mount it only after the permissions are there: the tag opens the
 * camera by itself. Fires `mounted` when `connect` may be called, and `rendererfailed`.
 */
Component({
  behaviors: [mediaTile(fieldsOf, () => handleOf(wx.createLivePusherContext()))],
  data: {
    url: '',
    mode: 'HD',
    picture: SHOW,
    muted: false,
    cameraOn: true,
    position: 'front',
    orientation: 'vertical',
    beauty: 0,
    whiteness: 0,
    style: 'smooth',
    filter: 'standard',
    reverb: 0,
    localMirror: 'auto',
    remoteMirror: false,
  },
  methods: {
    // The typings leave the message out; in a room it says who is there.
    onState({ detail }: { detail: { code: number; message?: string } }) {
      mediaOf<Publisher>(this)?.onCode(detail.code, detail.message)
    },
    onError(e: WechatMiniprogram.LivePusherError) {
      mediaOf<Publisher>(this)?.onError(e.detail.errCode, e.detail.errMsg)
    },
    onMusic(e: WechatMiniprogram.LivePusherBgmProgress) {
      mediaOf<Publisher>(this)?.music.progress(e.detail.progress, e.detail.duration)
    },
    onMusicEnd() {
      mediaOf<Publisher>(this)?.music.complete()
    },
    onNet(e: { detail: { info: NetStatus } }) {
      mediaOf<Publisher>(this)?.onNetStatus(e.detail.info)
    },
    onVolume(e: { detail: unknown }) {
      mediaOf<Publisher>(this)?.onVolume(e.detail)
    },
  },
})
