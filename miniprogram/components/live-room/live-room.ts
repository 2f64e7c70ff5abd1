import { localeOf } from '../../locales/index'
import { COVERS, type CoverId } from '../../protocol/limits'
import { useKit } from '../../stores/kit'
import type { PushMode } from '../../stores/media/handles'
import { tracksOf } from '../../stores/media/music'
import type { BarrageLine } from '../barrage-list/ring'
import { EMPTY_FRAME, type Frame } from '../live-stage/layouts/frame'
import type { Company, LabelledPlace } from '../live-stage/stage-view'
import { shareTitleOf } from '../share-sheet/words'
import type { RoomContext, RoomPartInstance } from '../shared/room-part'
import { Conductor } from './conductor'
import type { LiveRoomEvents } from './events'
import { BLANK } from './fields'
import { Floating } from './floating'
import { frameOf, headerOf } from './layout'
import { measure } from './measure'
import { props } from './props'
import { isOn, roleOf } from './reading'
import { Ui } from './ui'

const MODES: readonly string[] = ['SD', 'HD', 'FHD'] satisfies PushMode[]

/** What an instance keeps to itself; nothing of it is drawn. */
interface Own {
  conductor: Conductor
  context: RoomContext
  floating: Floating
  /** The picture for share cards, once the sheet has drawn it. */
  card: string
}
const own = (instance: unknown) => instance as Own

/** Methods of the parts that are drawn through a handle. */
interface Parts {
  '.barrage': { append(lines: readonly BarrageLine[]): void }
  '.hearts': { burst(count: number): void }
  '.write': { restore(line: string): void }
}

interface Detail<T> {
  detail: T
}

/**
 * A live show, for the one who makes it or for those who watch it. Give it a whole page with a custom navigation bar.
 * It opens a model of its own when it is attached and ends it when it is detached.
 */
Component({
  options: { multipleSlots: true },
  externalClasses: ['room-class', 'stage-class', 'head-class', 'rail-class', 'talk-class', 'dock-class'],
  properties: props,
  data: {
    anchor: false,
    canShowMedia: true,
    company: false,
    covered: false,
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
    'controls, inRoom, setup, company'() {
      if (own(this).conductor) this.measure()
    },
    floating(floating: boolean | string) {
      this.setData({ floats: isOn(floating) })
    },
    debug(debug: boolean | string) {
      this.setData({ debugging: isOn(debug) })
    },
    music(given: unknown) {
      const { conductor } = own(this)
      if (conductor) conductor.ui.tracks = tracksOf(given)
    },
    roomId(roomId: string) {
      const { conductor } = own(this)
      if (conductor && roomId && conductor.room.phase === 'setup') conductor.open(roomId)
    },
  },
  lifetimes: {
    attached() {
      const kit = useKit()
      const room = kit.openLiveRoom({ role: roleOf(this.data.role) })
      const conductor = new Conductor(room, new Ui(localeOf(this.data.locale)), kit.clock, {
        setData: (fields) => this.setData(fields),
        tell: (event, detail) => this.tell(event, detail),
        append: (lines) => this.part('.barrage')?.append(lines),
        burst: (count) => this.part('.hearts')?.burst(count),
      })
      const context: RoomContext = {
        room,
        kit,
        ui: conductor.ui,
        tell: (event, detail) => this.tell(event, detail),
      }
      const floating = new Floating(room, kit, () => isOn(this.data.floating))
      Object.assign(this, { conductor, context, floating, card: '' } satisfies Own)
      this.setData({
        anchor: room.role === 'anchor',
        canShowMedia: room.canShowMedia,
        debugging: isOn(this.data.debug),
        floats: isOn(this.data.floating),
      })
      this.arrange()
      conductor.ui.tracks = tracksOf(this.data.music)
      this.prefer()
      conductor.begin()
      conductor.open(this.data.roomId)
    },
    ready() {
      this.tell('ready', { roomId: this.data.roomId })
    },
    detached() {
      own(this).floating.end()
      own(this).conductor.end()
    },
  },
  pageLifetimes: {
    show() {
      own(this).floating.show()
    },
    hide() {
      own(this).floating.hide()
    },
    resize() {
      this.arrange()
    },
  },
  methods: {
    // ---- for the page

    /** Anchor: opens the room and goes on air with `form`, or with `room-name`. Audience: enters the room again. */
    start(form: { title?: string; cover?: CoverId } = {}): Promise<void> {
      const { conductor } = own(this)
      if (conductor.room.role === 'audience') return conductor.open(this.data.roomId)
      return conductor.room.start({ title: form.title ?? this.data.roomName, cover: form.cover ?? COVERS[0] })
    },
    /** Anchor: ends the show. Audience: leaves. */
    stop(): Promise<void> {
      const { room } = own(this).conductor
      return room.role === 'anchor' ? room.close() : room.leave()
    },
    switchCamera() {
      own(this).conductor.room.publisher?.flip()
    },
    setMuted(muted: boolean) {
      const { publisher, playback } = own(this).conductor.room
      publisher?.setMuted(muted)
      playback?.setMuted(muted)
    },
    like(count = 1) {
      own(this).conductor.room.like(count)
    },
    /** Resolves with true when the line was taken. */
    sendText(line: string): Promise<boolean> {
      return own(this).conductor.room.chat.send(line)
    },

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

    part<K extends keyof Parts>(selector: K): Parts[K] | null {
      return this.selectComponent(selector) as unknown as Parts[K] | null
    },
    /** A part that binds itself is there: `data-part` is the selector that finds it. */
    partMounted({ currentTarget }: WechatMiniprogram.CustomEvent) {
      const part = this.selectComponent(String(currentTarget.dataset.part)) as unknown as RoomPartInstance | null
      part?.connect(own(this).context)
    },
    tell<K extends keyof LiveRoomEvents>(event: K, detail: LiveRoomEvents[K]) {
      this.triggerEvent(event, detail)
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
    accompany({ detail }: Detail<{ company: Company }>) {
      this.setData({ company: detail.company === 'beside', covered: detail.company === 'over' })
    },
    /** What the page prefers to begin with; the user's own choice counts where it says nothing. */
    prefer() {
      const { beauty, whiteness, muted, quality } = this.data
      const { publisher } = own(this).conductor.room
      if (beauty >= 0) publisher?.setBeauty(beauty)
      if (whiteness >= 0) publisher?.setWhiteness(whiteness)
      if (MODES.includes(quality)) publisher?.setMode(quality as PushMode)
      if (isOn(muted)) this.setMuted(true)
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
      if (userId && !me) own(this).conductor.ui.about({ userId, name })
    },
    /** Native pictures lie over everything here (P49): what is essential is drawn the way the platform can. */
    goPlain() {
      if (this.data.plain) return
      this.setData({ plain: true })
      this.tell('rendererror', { roomId: own(this).conductor.roomId })
    },
    likeTwice() {
      if (this.data.inRoom) this.like()
    },
    tapLike() {
      this.like()
    },
    async say({ detail }: Detail<{ text: string }>) {
      const taken = await this.sendText(detail.text)
      if (!taken) this.part('.write')?.restore(detail.text)
    },
    keyboard({ detail }: Detail<{ height: number }>) {
      if (detail.height !== this.data.lift) this.setData({ lift: detail.height })
    },
    begin({ detail }: Detail<{ title: string; cover: CoverId }>) {
      own(this).conductor.room.start(detail)
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
    openSettings() {
      own(this).conductor.act('open-settings')
    },
    retry() {
      own(this).conductor.act('retry')
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
