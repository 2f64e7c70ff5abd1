import type { LiveRoomEvents } from '../../components/live-room/events'
import { localeOf, text } from '../../locales/index'
import { goBack, HOME, roomIdOf } from '../query'
import { rung } from '../rung'
import { cardOf, type Shared } from '../share'

/** Makes a show. `?roomId=` goes on with one that is still open. */
Page({
  behaviors: [rung],
  // Each installation brings its own music; none is built in.
  data: { ready: false, roomId: '', music: wx.getExtConfigSync?.().music ?? [] },
  onLoad(query: Record<string, string | undefined>) {
    this.setData({ ready: true, roomId: roomIdOf(query) })
  },
  exit() {
    goBack()
  },
  known({ detail }: { detail: LiveRoomEvents['room'] }) {
    Object.assign(this, { showId: detail.roomId })
  },
  /** Friends come to watch, whoever shares. */
  onShareAppMessage(from: WechatMiniprogram.Page.IShareAppMessageOption) {
    const { showId } = this as unknown as { showId?: string }
    if (!showId) return { title: text(localeOf(), 'app.name'), path: HOME }
    return cardOf(this.selectComponent('.room') as unknown as Shared, 'room', showId, from)
  },
})
