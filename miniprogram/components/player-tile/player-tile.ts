import type { NetStatus, PlayerHandle } from '../../stores/media/handles'
import type { Playback } from '../../stores/media/playback'
import { mediaOf, mediaTile } from '../shared/media-tile'
import { answered, promised, snapshotOf } from '../shared/promised'

/** The platform's player as the store wants it. */
function handleOf(context: WechatMiniprogram.LivePlayerContext): PlayerHandle {
  return {
    // the src is flushed by nextTick; a play before that would play the old one
    play: () =>
      new Promise((resolve, reject) => wx.nextTick(() => promised((o) => context.play(o)).then(resolve, reject))),
    stop: () => promised((o) => context.stop(o)),
    // Older clients do not have it (P47).
    ...(typeof context.snapshot === 'function' && {
      snapshot: () =>
        answered<WechatMiniprogram.LivePlayerContextSnapshotSuccessCallbackResult>((o) =>
          context.snapshot({ quality: 'raw', ...o }),
        ).then(snapshotOf),
    }),
  }
}

const fieldsOf = (playback: Playback) => ({
  src: () => playback.src,
  mode: () => playback.mode,
  muted: () => playback.muted,
  // What is to be read on a shared screen may stand at its edge.
  fit: () => (playback.net.lies ? 'contain' : 'fillCrop'),
})

/** One native `<live-player>` for a Playback (`connect`). Fires `mounted` when `connect` may be called, and `rendererfailed`. */
Component({
  behaviors: [
    mediaTile(fieldsOf, (tile) =>
      handleOf(wx.createLivePlayerContext('player', tile as WechatMiniprogram.Component.TrivialInstance)),
    ),
  ],
  properties: {
    /** Goes on in the small window of the platform when its page is left, whichever way (P16). */
    floating: { type: Boolean, value: false },
  },
  data: { src: '', mode: 'live', muted: false, fit: 'fillCrop', modes: ['push', 'pop'], none: [] as string[] },
  methods: {
    enterWindow() {
      this.triggerEvent('floating', { open: true }, { bubbles: true, composed: true })
    },
    leaveWindow() {
      this.triggerEvent('floating', { open: false }, { bubbles: true, composed: true })
    },
    onState(e: WechatMiniprogram.LivePlayerStateChange) {
      mediaOf<Playback>(this)?.onCode(e.detail.code)
    },
    onError(e: { detail: { errMsg?: string } }) {
      mediaOf<Playback>(this)?.onError(e.detail.errMsg)
    },
    onNet(e: { detail: { info: NetStatus } }) {
      mediaOf<Playback>(this)?.onNetStatus(e.detail.info)
    },
    onVolume(e: { detail: unknown }) {
      mediaOf<Playback>(this)?.onVolume(e.detail)
    },
  },
})
