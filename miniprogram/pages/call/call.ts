import type { RtcRoomEvents } from '../../components/rtc-room/events'
import { localeOf, text } from '../../locales/index'
import { goBack, HOME, qualityOf, ringIdOf, roomIdOf, templateOf } from '../query'
import { rung } from '../rung'
import { cardOf, type Shared } from '../share'

/**
 * A call: `?roomId=` comes into one, `?ringId=` says yes to one that rings, and without either a new one is begun, with
 * `?seats=` for so many. `?template=` names the layout, `?quality=` the size of one's own picture.
 */
Page({
  behaviors: [rung],
  data: { ready: false, roomId: '', ringId: '', template: '1v1', quality: '', seats: 0 },
  onLoad(query: Record<string, string | undefined>) {
    this.setData({
      ready: true,
      roomId: roomIdOf(query),
      ringId: ringIdOf(query),
      template: templateOf(query) || '1v1',
      quality: qualityOf(query),
      seats: Number(query.seats) || 0,
    })
  },
  exit() {
    goBack()
  },
  known({ detail }: { detail: RtcRoomEvents['room'] }) {
    Object.assign(this, { callId: detail.roomId })
  },
  /** Friends come into the call (M129). */
  onShareAppMessage(from: WechatMiniprogram.Page.IShareAppMessageOption) {
    const { callId } = this as unknown as { callId?: string }
    if (!callId) return { title: text(localeOf(), 'app.name'), path: HOME }
    return cardOf(this.selectComponent('.call') as unknown as Shared, 'call', callId, from)
  },
})
