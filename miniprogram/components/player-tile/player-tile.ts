import type { NetStatus, PlayerHandle } from '../../stores/media/handles'
import { promised } from '../shared/promised'

/** What the native tag reported; `media` carries it. */
export type PlayerReport = { kind: 'state'; code: number } | { kind: 'error' } | { kind: 'net'; info: NetStatus }

interface Own {
  withdraw: (() => void) | undefined
}
const own = (instance: unknown) => instance as Own

/** The platform's player as the store wants it. */
function handleOf(context: WechatMiniprogram.LivePlayerContext): PlayerHandle {
  return {
    // the src is flushed by nextTick; a play before that would play the old one
    play: () =>
      new Promise((resolve, reject) => wx.nextTick(() => promised((o) => context.play(o)).then(resolve, reject))),
    stop: () => promised((o) => context.stop(o)),
  }
}

/**
 * One native `<live-player>`. It fires `mounted` when `connect` may be called, and `media` with a PlayerReport for all
 * that the native tag says.
 */
Component({
  properties: {
    src: { type: String, value: '' },
    mode: { type: String, value: 'live' },
    muted: { type: Boolean, value: false },
  },
  lifetimes: {
    ready() {
      this.triggerEvent('mounted')
    },
    detached() {
      own(this).withdraw?.()
      own(this).withdraw = undefined
    },
  },
  methods: {
    /** Hands the native player to `attach`; what it returns is called when this tile goes. */
    connect(attach: (handle: PlayerHandle) => () => void) {
      own(this).withdraw?.()
      own(this).withdraw = attach(handleOf(wx.createLivePlayerContext('player', this)))
    },
    onState(e: WechatMiniprogram.LivePlayerStateChange) {
      this.triggerEvent('media', { kind: 'state', code: e.detail.code } satisfies PlayerReport)
    },
    onError() {
      this.triggerEvent('media', { kind: 'error' } satisfies PlayerReport)
    },
    onNet(e: { detail: { info: NetStatus } }) {
      this.triggerEvent('media', { kind: 'net', info: e.detail.info } satisfies PlayerReport)
    },
  },
})
