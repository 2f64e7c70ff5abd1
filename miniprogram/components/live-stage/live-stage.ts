import { text } from '../../locales/index'
import type { Playback } from '../../stores/media/playback'
import type { Publisher } from '../../stores/media/publisher'
import type { Slot } from '../../stores/room/stage/types'
import { warnOnce } from '../live-room/reading'
import type { MediaTile } from '../shared/media-tile'
import { contextOf, type OnEnd, type RoomContext, roomPart } from '../shared/room-part'
import { texts } from '../shared/texts'
import type { Company, DrawnTile, HeldPicture, LabelledPlace, Pager } from './drawn'
import { labelOf, pageLabel } from './label'
import type { Lane } from './lane'
import { EMPTY_FRAME, type Frame } from './layouts/frame'
import { callTemplateOf, templateOf } from './layouts/index'
import { StageView } from './stage-view'
import { isFar, type Point, swipeOf } from './swipe'

/** A picture under a finger is drawn anew at most so often (ms). */
const DRAG_MS = 30

/** Two taps on the picture within this time (ms) are a like. */
const DOUBLE_TAP_MS = 300

/** What an instance keeps to itself; nothing of it is drawn. */
interface Own {
  view: StageView | undefined
  lastTap: number
  /** Where a finger came down. */
  touched: Point | undefined
  /** A finger on a picture that it can move. */
  dragging: Drag | undefined
}
const own = (instance: unknown) => instance as Own

interface Drag {
  readonly from: Point
  /** It has gone far enough to mean it: what follows is no tap. */
  moving: boolean
  drawnAt: number
}

type Tap = WechatMiniprogram.CustomEvent<object, never, { slot: Slot }>

/** A tile, as the simulator of WeChat and the phone find it. */
type TileInstance = MediaTile<Publisher | Playback> & { dataset: { key?: string } }

const named = (template: string, call: boolean) => (call ? callTemplateOf : templateOf)(template, warnOnce)

function fieldsOf({ room, ui }: RoomContext, _: OnEnd, instance: unknown) {
  const { template, frame, call } = (instance as { data: { template: string; frame: Frame; call: boolean } }).data
  const view = new StageView(room, { template: named(template, call), frame, call })
  own(instance).view = view
  return {
    tiles: () => view.tiles,
    places: () => view.places.map((place) => ({ ...place, label: labelOf(ui.lang, place) })),
    held: () => view.held,
    talking: () => Object.fromEntries(room.stage.talking.map((slot) => [slot, true])),
    cover: () => room.room?.cover ?? 'graphite',
    coverFile: () => room.room?.coverFile ?? '',
    company: () => view.company,
    lane: () => view.lane,
    pager: () => view.pager && { ...view.pager, label: pageLabel(ui.lang, view.pager) },
    label: () =>
      view.call
        ? text(ui.lang, 'stage.call')
        : room.owner
          ? text(ui.lang, 'room.stageSelf')
          : text(ui.lang, 'room.stageAnchor', { name: room.room?.anchor.name || text(ui.lang, 'person.unnamed') }),
  }
}

/**
 * Everybody who is seen: one native tag a tile and one chrome a place, in boxes that the template gives them. Another
 * template, another size, a swap move boxes and nothing else: no tag is ever made anew for it. Fires `place` with a
 * LabelledPlace when somebody is tapped (the small picture of two is dragged by a finger, too), `like` for two taps on the picture, `press` for a long one, `floating {open}` of a
 * player, `company {company, lane}` when others come or go, or stand differently (`lane`: where lines may fly), and
 * `rendererfailed`.
 *
 * `generic:place-chrome` draws what is around a place; it gets `place` (a LabelledPlace) and `locale`, and may fire `choose`.
 * Who talks has a ring around his picture; around a whole one there is none, and `--live-place-name-ring` is set for his name.
 */
Component({
  behaviors: [
    texts({
      buffering: 'room.buffering',
      before: 'stage.pageBefore',
      next: 'stage.pageNext',
      talking: 'stage.talking',
    }),
    roomPart(fieldsOf),
  ],
  properties: {
    template: { type: String, value: 'float' },
    /** Everybody is on stage, and nobody is the anchor: a call, with the templates of calls. */
    call: { type: Boolean, value: false },
    /** Size of the stage, and what is in the way of company. */
    frame: { type: Object, value: EMPTY_FRAME },
    /** False where the platform cannot show the media tags. */
    canShowMedia: { type: Boolean, value: true },
    /** Something else has its words in the middle. */
    quiet: { type: Boolean, value: false },
    /** True for the anchor. */
    owner: { type: Boolean, value: false },
    /** Something lies over all of it that a screen reader is to find instead. */
    behind: { type: Boolean, value: false },
    /** Players go on in the small window of the platform when the page is left. */
    floating: { type: Boolean, value: false },
  },
  data: {
    tiles: [] as DrawnTile[],
    places: [] as LabelledPlace[],
    held: null as HeldPicture | null,
    /** Who talks, by slot. */
    talking: {} as Record<string, boolean>,
    cover: 'graphite',
    coverFile: '',
    label: '',
    company: '' as Company,
    lane: null as Lane | null,
    pager: null as (Pager & { label: string }) | null,
  },
  observers: {
    'company, lane'(company: Company, lane: Lane | null) {
      this.triggerEvent('company', { company, lane })
    },
    'template, call'(name: string, call: boolean) {
      own(this).view?.draw({ template: named(name, call), call })
    },
    frame(frame: Frame) {
      own(this).view?.draw({ frame })
    },
  },
  methods: {
    /** A tile is there: the one with this key gets what it draws. */
    tileMounted({ currentTarget }: WechatMiniprogram.CustomEvent) {
      const { key } = currentTarget.dataset
      const tile = contextOf(this).room.stage.tiles.find((one) => one.key === key)
      const parts = this.selectAllComponents('.tile') as unknown as TileInstance[]
      const part = parts.find(({ dataset }) => dataset.key === key)
      if (!tile || !part) return
      part.connect(tile.media.kind === 'camera' ? tile.media.publisher : tile.media.playback)
    },
    rendererFailed() {
      this.triggerEvent('rendererfailed')
    },
    touch(e: WechatMiniprogram.TouchEvent) {
      const self = own(this)
      const double = e.timeStamp - (self.lastTap || 0) < DOUBLE_TAP_MS
      self.lastTap = double ? 0 : e.timeStamp
      if (double) this.triggerEvent('like')
    },
    fingerDown({ touches: [finger] }: WechatMiniprogram.TouchEvent) {
      own(this).touched = finger
    },
    fingerUp({ changedTouches: [finger] }: WechatMiniprogram.TouchEvent) {
      const { touched } = own(this)
      own(this).touched = undefined
      if (touched && finger) this.turnBy(swipeOf(touched, finger))
    },
    pageBefore() {
      this.turnBy(-1)
    },
    pageNext() {
      this.turnBy(1)
    },
    turnBy(pages: number) {
      const { stage } = contextOf(this).room
      if (pages !== 0 && this.data.pager) stage.turn(stage.page + pages)
    },
    press() {
      this.triggerEvent('press')
    },
    grab(e: WechatMiniprogram.TouchEvent<object, object, { slot: Slot }>) {
      const self = own(this)
      const [finger] = e.touches
      const held = finger && self.view?.grab(e.currentTarget.dataset.slot)
      self.dragging = held ? { from: finger, moving: false, drawnAt: 0 } : undefined
    },
    drag({ touches: [finger], timeStamp }: WechatMiniprogram.TouchEvent) {
      const { dragging: drag, view } = own(this)
      if (!drag || !finger || timeStamp - drag.drawnAt < DRAG_MS) return
      drag.moving ||= isFar(drag.from, finger)
      if (!drag.moving) return
      drag.drawnAt = timeStamp
      view?.pull(finger.clientX - drag.from.clientX, finger.clientY - drag.from.clientY)
    },
    drop({ changedTouches: [finger] }: WechatMiniprogram.TouchEvent) {
      const { dragging: drag, view } = own(this)
      if (drag?.moving && finger) {
        view?.pull(finger.clientX - drag.from.clientX, finger.clientY - drag.from.clientY)
      }
      view?.drop()
    },
    /** A small picture comes to the front where the template allows it; elsewhere its person was meant. */
    tapPlace(e: Tap) {
      const place = this.placeAt(e)
      const { view, dragging } = own(this)
      if (!place || place.whole || dragging?.moving || view?.swap(place.slot)) return
      this.triggerEvent('place', place)
    },
    choose(e: Tap) {
      const place = this.placeAt(e)
      if (place) this.triggerEvent('place', place)
    },
    placeAt({ currentTarget }: Tap): LabelledPlace | undefined {
      return this.data.places.find(({ slot }) => slot === currentTarget.dataset.slot)
    },
  },
})
