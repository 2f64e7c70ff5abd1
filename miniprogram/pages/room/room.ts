import { localeOf, text } from '../../locales/index'
import { goBack, HOME, roomIdOf } from '../query'
import { rung } from '../rung'
import { cardOf, type Shared, timelineOf } from '../share'

/** Watches a show: `?roomId=`. */
Page({
  behaviors: [rung],
  data: { roomId: '', broken: false, title: '', advice: '', home: '' },
  onLoad(query: Record<string, string | undefined>) {
    const roomId = roomIdOf(query)
    const lang = localeOf()
    this.setData({
      roomId,
      broken: roomId === '',
      title: text(lang, 'fault.not-found.title'),
      advice: text(lang, 'fault.not-found.advice'),
      home: text(lang, 'end.home'),
    })
  },
  exit() {
    goBack()
  },
  /** A share opens this room, not the home page (M129). */
  onShareAppMessage(from: WechatMiniprogram.Page.IShareAppMessageOption) {
    const room = this.room()
    return room ? cardOf(room, 'room', this.data.roomId, from) : { title: text(localeOf(), 'app.name'), path: HOME }
  },
  onShareTimeline() {
    const room = this.room()
    return room ? timelineOf(room, this.data.roomId) : { title: text(localeOf(), 'app.name') }
  },
  room(): Shared | null {
    return this.data.roomId ? (this.selectComponent('.room') as unknown as Shared | null) : null
  },
})
