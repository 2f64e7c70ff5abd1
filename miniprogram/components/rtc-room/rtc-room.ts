import { localeOf } from '../../locales/index'
import { useKit } from '../../stores/kit'
import type { Company } from '../live-stage/drawn'
import { EMPTY_FRAME } from '../live-stage/layouts/frame'
import { frameMethods } from '../room/frame'
import { shareTitleOf } from '../share-sheet/words'
import { texts } from '../shared/texts'
import { oldMethods } from './compat/methods'
import { oldProps } from './compat/properties'
import type { RtcRoomEvents } from './events'
import { BLANK } from './fields'
import { own } from './instance'
import { methods } from './methods'
import { begin, follow, SETTINGS } from './opening'
import { props } from './props'

interface Detail<T> {
  detail: T
}

/**
 * A call of two to six people. Give it a whole page with a custom navigation bar. It opens a model of its own when it is
 * attached and ends it when it is detached.
 */
Component({
  behaviors: [
    texts({ alone: 'call.alone', aloneHint: 'call.aloneHint', holding: 'call.holding', unhold: 'call.unhold' }),
  ],
  options: { multipleSlots: true },
  externalClasses: [
    /** All of the component. */
    'room-class',
    /** The pictures. */
    'stage-class',
    /** Header, and the bars under it. */
    'head-class',
    /** Microphone, camera, chat and the way out. */
    'dock-class',
  ],
  properties: { ...props, ...oldProps },
  data: {
    canShowMedia: true,
    /** The page draws the controls. */
    bare: false,
    plain: false,
    company: '' as Company,
    frame: EMPTY_FRAME,
    top: 24,
    rowHeight: 44,
    clear: 12,
    lift: 0,
    debugging: false,
    ...BLANK,
  },
  observers: {
    locale(tag: string) {
      const { conductor } = own(this)
      if (conductor) conductor.ui.lang = localeOf(tag)
    },
    'inRoom, setup, bar, hint, away, talking, lift'() {
      if (own(this).conductor) this.measure()
    },
    [SETTINGS]() {
      follow(this)
    },
  },
  lifetimes: {
    attached() {
      begin(this)
    },
    ready() {
      this.tell('ready', { roomId: own(this).settings.roomId })
    },
    detached() {
      own(this).conductor.end()
    },
  },
  pageLifetimes: {
    show() {
      own(this).conductor.room.show()
      // While another page lay over this one, only that one was told.
      if (useKit().device.layout().windowWidth !== this.data.frame.width) this.arrange()
    },
    hide() {
      own(this).conductor.room.hide()
    },
    resize() {
      this.arrange()
    },
  },
  methods: {
    ...methods,
    ...oldMethods,
    ...frameMethods(false),

    /** Words and picture of a share card that leads into the call; the page adds the path. */
    shareCard(): { title: string; imageUrl?: string } {
      const { conductor, card } = own(this)
      const title = shareTitleOf(conductor.ui.lang, conductor.room, 'room')
      return card ? { title, imageUrl: card } : { title }
    },

    // ---- parts

    tell<K extends keyof RtcRoomEvents>(event: K, detail: RtcRoomEvents[K]) {
      this.triggerEvent(event, detail)
      own(this).older.hear(event, detail)
    },

    // ---- taps

    /** Pictures that leave header and controls alone need no shade behind them. */
    accompany({ detail }: Detail<{ company: Company }>) {
      this.setData({ company: detail.company })
    },
    begin({ detail }: Detail<{ title: string }>) {
      this.start(detail.title ? { title: detail.title } : {})
    },
    endHold() {
      this.hold(false)
    },
    cardAction() {
      own(this).conductor.act(this.data.card.deed)
    },
    cardOther() {
      own(this).conductor.act('end')
    },
    barAction() {
      own(this).conductor.act(own(this).conductor.room.fault?.remedy ?? 'none')
    },
    cardLeave() {
      const { ui } = own(this).conductor
      if (ui.confirming) ui.confirming = false
      else this.goBack()
    },
    /** The way out: whoever opened the call is asked whether it goes on without him, where two others could go on. */
    exit() {
      const { ui, room } = own(this).conductor
      if (this.data.inRoom && room.owner && room.stage.places.length > 2) ui.confirming = true
      else this.goBack()
    },
    goBack() {
      const { conductor } = own(this)
      const { roomId } = conductor
      if (this.data.inRoom) conductor.leave()
      this.tell('exit', { roomId })
    },
  },
})
