import { localeOf } from '../../locales/index'
import { useKit } from '../../stores/kit'
import type { LabelledPlace } from '../live-stage/drawn'
import { EMPTY_FRAME, type Frame } from '../live-stage/layouts/frame'
import { frameOf, headerOf } from '../room/layout'
import { measure } from '../room/measure'
import { shareTitleOf } from '../share-sheet/words'
import type { RoomPartInstance } from '../shared/room-part'
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

    /** Words and picture of a share card that leads into the call; the page adds the path. */
    shareCard(): { title: string; imageUrl?: string } {
      const { conductor, card } = own(this)
      const title = shareTitleOf(conductor.ui.lang, conductor.room, 'room')
      return card ? { title, imageUrl: card } : { title }
    },

    // ---- parts

    /** A part that binds itself is there: `data-part` is the selector that finds it. */
    partMounted({ currentTarget }: WechatMiniprogram.CustomEvent) {
      const selector = String(currentTarget.dataset.part)
      own(this).parts.add(selector)
      this.connect(selector)
    },
    connect(selector: string) {
      const part = this.selectComponent(selector) as unknown as RoomPartInstance | null
      part?.connect(own(this).context)
    },
    tell<K extends keyof RtcRoomEvents>(event: K, detail: RtcRoomEvents[K]) {
      this.triggerEvent(event, detail)
      own(this).older.hear(event, detail)
    },
    arrange() {
      const screen = useKit().device.layout()
      const { top, height, clear } = headerOf(screen)
      this.setData({ frame: { ...frameOf(screen), talk: 0 }, top, rowHeight: height, clear })
      this.measure()
    },
    /** Once what has changed is drawn: how much room header and controls leave for the pictures. */
    measure() {
      const { conductor } = own(this)
      const guess = frameOf(useKit().device.layout())
      const use = (frame: Frame) => conductor.live && this.setData({ frame: { ...frame, talk: 0 } })
      wx.nextTick(() => conductor.live && measure(this, guess, use))
    },
    keepCard({ detail }: Detail<{ file: string }>) {
      own(this).card = detail.file
    },
    openFigures() {
      own(this).conductor.ui.open('stats')
    },

    // ---- taps

    placeTap({ detail }: Detail<LabelledPlace>) {
      const { userId, name, me } = detail
      if (userId && !me && !this.data.bare) own(this).conductor.ui.about({ userId, name })
    },
    /** Native pictures lie over everything here (P49): what is essential is drawn the way the platform can. */
    goPlain() {
      if (this.data.plain) return
      this.setData({ plain: true })
      this.tell('rendererror', { roomId: own(this).conductor.roomId })
    },
    keyboard({ detail }: Detail<{ height: number }>) {
      if (detail.height !== this.data.lift) this.setData({ lift: detail.height })
    },
    begin({ detail }: Detail<{ title: string }>) {
      this.start(detail.title ? { title: detail.title } : {})
    },
    openPeople() {
      own(this).conductor.ui.open('people')
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
    /** The way out: whoever opened the call, and is not alone in it, is asked whether it goes on without him. */
    exit() {
      const { ui, room } = own(this).conductor
      if (this.data.inRoom && room.owner && room.stage.places.length > 1) ui.confirming = true
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
