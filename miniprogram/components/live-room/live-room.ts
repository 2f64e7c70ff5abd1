import { localeOf } from '../../locales/index'
import type { CoverId } from '../../protocol/limits'
import { useKit } from '../../stores/kit'
import { tracksOf } from '../../stores/media/music'
import type { Company } from '../live-stage/drawn'
import type { Lane } from '../live-stage/lane'
import { EMPTY_FRAME } from '../live-stage/layouts/frame'
import { frameMethods } from '../room/frame'
import { shareTitleOf } from '../share-sheet/words'
import { oldMethods } from './compat/methods'
import { oldProps } from './compat/properties'
import type { LiveRoomEvents } from './events'
import { BLANK } from './fields'
import { own } from './instance'
import { methods } from './methods'
import { begin, follow, SETTINGS } from './opening'
import { props } from './props'
import { isOn } from './reading'

interface Detail<T> {
  detail: T
}

/**
 * A live show, for the one who makes it or for those who watch it. Give it a whole page with a custom navigation bar.
 * It opens a model of its own when it is attached and ends it when it is detached.
 */
Component({
  options: { multipleSlots: true },
  externalClasses: [
    /** All of the component. */
    'room-class',
    /** The pictures. */
    'stage-class',
    /** Header, and the bars under it. */
    'head-class',
    /** Buttons for one's own camera and microphone. */
    'rail-class',
    /** What people say, with the dock. */
    'talk-class',
    /** Where one writes, and the round buttons beside it. */
    'dock-class',
  ],
  properties: { ...props, ...oldProps },
  data: {
    anchor: false,
    canShowMedia: true,
    /** The page draws the controls. */
    bare: false,
    company: '' as Company,
    /** Where lines fly in company, as a style. */
    lane: '',
    plain: false,
    frame: EMPTY_FRAME,
    top: 24,
    rowHeight: 44,
    clear: 12,
    lift: 0,
    debugging: false,
    floats: false,
    ...BLANK,
  },
  observers: {
    locale(tag: string) {
      const { conductor } = own(this)
      if (conductor) conductor.ui.lang = localeOf(tag)
    },
    'controls, inRoom, setup, company, watermark, bar, hint, rival'() {
      if (own(this).conductor) this.measure()
    },
    floating(floating: boolean | string) {
      this.setData({ floats: isOn(floating) })
    },
    music(given: unknown) {
      const { conductor } = own(this)
      if (conductor) conductor.ui.tracks = tracksOf(given)
    },
    [SETTINGS]() {
      follow(this)
    },
  },
  lifetimes: {
    attached() {
      this.setData({ floats: isOn(this.data.floating) })
      begin(this)
    },
    ready() {
      this.tell('ready', { roomId: own(this).settings.roomId })
    },
    detached() {
      own(this).floating.end()
      own(this).conductor.end()
    },
  },
  pageLifetimes: {
    show() {
      own(this).floating.show()
      // While another page lay over this one, only that one was told.
      if (useKit().device.layout().windowWidth !== this.data.frame.width) this.arrange()
    },
    hide() {
      own(this).floating.hide()
    },
    resize() {
      this.arrange()
    },
  },
  methods: {
    ...methods,
    ...oldMethods,
    ...frameMethods(true),

    /**
     * Words and picture of a share card for the room as it is now; the page adds the path. `what` is `dataset.share` of the
     * button that was tapped: `result` shares an anchor's figures.
     */
    shareCard(what: unknown = 'room'): { title: string; imageUrl?: string } {
      const { conductor, card } = own(this)
      const { room, ui } = conductor
      const title = shareTitleOf(ui.lang, room, what === 'result' ? what : 'room')
      const imageUrl = card || room.room?.coverFile
      return imageUrl ? { title, imageUrl } : { title }
    },

    // ---- parts

    tell<K extends keyof LiveRoomEvents>(event: K, detail: LiveRoomEvents[K]) {
      this.triggerEvent(event, detail)
      own(this).older.hear(event, detail)
    },
    /** Talk and controls make room for the pictures of several people. */
    accompany({ detail: { company, lane } }: Detail<{ company: Company; lane: Lane | null }>) {
      this.setData({ company, lane: lane ? `top:${lane.top}px;height:${lane.height}px` : '' })
    },

    floated({ detail }: Detail<{ open: boolean }>) {
      own(this).floating.moved(detail.open)
    },

    // ---- taps

    likeTwice() {
      if (this.data.inRoom && !this.data.bare) this.like()
    },
    tapLike() {
      this.like()
    },
    begin({ detail }: Detail<{ title: string; cover: CoverId }>) {
      this.start(detail)
    },
    choosePicture() {
      own(this).conductor.room.picture?.choose()
    },
    removePicture() {
      own(this).conductor.room.picture?.remove()
    },
    cardAction() {
      own(this).conductor.act(this.data.card.deed)
    },
    barAction() {
      own(this).conductor.act(own(this).conductor.room.fault?.remedy ?? 'none')
    },
    cardLeave() {
      const { ui } = own(this).conductor
      if (ui.confirming) ui.confirming = false
      else this.goHome()
    },
    /** The way out of the header: an anchor in mid-show is asked first. */
    exit() {
      const { ui, room } = own(this).conductor
      if (room.role === 'anchor' && this.data.inRoom) ui.confirming = true
      else this.goHome()
    },
    goHome() {
      const { conductor } = own(this)
      // A show that floats goes on until the platform's window is closed, which ends the page.
      if (conductor.room.role === 'audience' && !this.data.floats) conductor.room.leave()
      this.tell('exit', { roomId: conductor.roomId })
    },
  },
})
