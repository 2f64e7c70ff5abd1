import { localeOf } from '../../locales/index'
import type { CoverId } from '../../protocol/limits'
import { useKit } from '../../stores/kit'
import { tracksOf } from '../../stores/media/music'
import type { Company, LabelledPlace } from '../live-stage/drawn'
import type { Lane } from '../live-stage/lane'
import { EMPTY_FRAME, type Frame } from '../live-stage/layouts/frame'
import { frameOf, headerOf } from '../room/layout'
import { measure } from '../room/measure'
import { shareTitleOf } from '../share-sheet/words'
import type { RoomPartInstance } from '../shared/room-part'
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
    tell<K extends keyof LiveRoomEvents>(event: K, detail: LiveRoomEvents[K]) {
      this.triggerEvent(event, detail)
      own(this).older.hear(event, detail)
    },
    arrange() {
      const screen = useKit().device.layout()
      const { top, height, clear } = headerOf(screen)
      this.setData({ frame: frameOf(screen), top, rowHeight: height, clear })
      this.measure()
    },
    /** Once what has changed is drawn: how much room header and controls leave for the stage. */
    measure() {
      const { conductor } = own(this)
      const guess = frameOf(useKit().device.layout())
      const use = (frame: Frame) => conductor.live && this.setData({ frame })
      wx.nextTick(() => conductor.live && measure(this, guess, use))
    },
    /** Talk and controls make room for the pictures of several people. */
    accompany({ detail: { company, lane } }: Detail<{ company: Company; lane: Lane | null }>) {
      this.setData({ company, lane: lane ? `top:${lane.top}px;height:${lane.height}px` : '' })
    },

    keepCard({ detail }: Detail<{ file: string }>) {
      own(this).card = detail.file
    },
    floated({ detail }: Detail<{ open: boolean }>) {
      own(this).floating.moved(detail.open)
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
    likeTwice() {
      if (this.data.inRoom && !this.data.bare) this.like()
    },
    tapLike() {
      this.like()
    },
    keyboard({ detail }: Detail<{ height: number }>) {
      if (detail.height !== this.data.lift) this.setData({ lift: detail.height })
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
    openPeople() {
      own(this).conductor.ui.open('people')
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
