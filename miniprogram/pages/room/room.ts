import type { LiveRoomEvents } from '../../components/live-room/events'
import { localeOf, text } from '../../locales/index'
import { goBack, HOME, roomIdOf } from '../query'
import { type SharedShow, shareOf } from './share'

/** What the page keeps to itself; nothing of it is drawn. */
interface Own {
  show: SharedShow | undefined
}
const own = (instance: unknown) => instance as Own

/** Watches a show: `?roomId=`. */
Page({
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
  known({ detail }: { detail: LiveRoomEvents['room'] }) {
    own(this).show = { title: detail.title, name: detail.anchorName }
  },
  /** A share opens this room, not the home page (M129). */
  onShareAppMessage() {
    const { roomId } = this.data
    return roomId ? shareOf(localeOf(), roomId, own(this).show) : { title: text(localeOf(), 'app.name'), path: HOME }
  },
})
