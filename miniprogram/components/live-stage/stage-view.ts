import { computed, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { Quality } from '../../stores/media/handles'
import type { Room } from '../../stores/room/room'
import type { Place, Slot, Tile } from '../../stores/room/stage/types'
import { arrange, styleOf } from './arrange'
import { type Lane, laneOf } from './lane'
import { type Box, type Frame, isWide } from './layouts/frame'
import type { Template } from './layouts/index'
import { pagedFrame, pagerStyle } from './paging'

/** One native tag in its box. */
export interface DrawnTile {
  readonly key: string
  readonly kind: 'camera' | 'picture'
  readonly style: string
  /** What lies over what: the large picture, small ones, and those that are on their way out. */
  readonly layer: number
  /** A small picture over the large one. */
  readonly floating: boolean
  readonly spinner: boolean
}

/** A place as its chrome gets it: plain values, nothing that is observed. */
export interface DrawnPlace {
  readonly slot: Slot
  /** 0 for the anchor and the rival. */
  readonly seat: number
  readonly userId: string
  /** Empty for somebody without one, and before the room is known. */
  readonly name: string
  readonly me: boolean
  readonly state: 'held' | 'on'
  /** Somebody's picture is played here, or one's own is taken. */
  readonly pictured: boolean
  readonly micOff: boolean
  readonly cameraOff: boolean
  readonly quality: Quality
  /** This box is all of the stage. */
  readonly whole: boolean
  /** This box has no room for words beside a name. */
  readonly low: boolean
  /** A tap brings it to the front. */
  readonly swaps: boolean
  readonly style: string
}

/** A place with its words for those who do not see it. */
export interface LabelledPlace extends DrawnPlace {
  readonly label: string
}

/**
 * Nobody is beside the main person; others stand in a column over his picture, beside what people say; or company takes all
 * that those words leave it.
 */
export type Company = '' | 'over' | 'beside'

/** More people than pictures: the pages, the one that is drawn (from 0), and where its control stands. */
export interface Pager {
  readonly page: number
  readonly dots: readonly number[]
  readonly style: string
}

/** px */
const LOW = 100
const BEHIND = styleOf({ left: 0, top: 0, width: 1, height: 1 })

/** What one phone shows of a stage: which box each tag and each place has. */
export class StageView {
  template: Template
  frame: Frame
  /** Whom a tap has brought to the front of a template that swaps. */
  front: Slot | null = null
  /** Keys of the tiles in the order in which they came. A node that moves among its siblings is made anew (P53). */
  private order: readonly string[] = []

  constructor(
    private readonly room: Room,
    { template, frame }: { template: Template; frame: Frame },
  ) {
    this.template = template
    this.frame = frame
    makeObservable(this, {
      template: observable.ref,
      frame: observable.ref,
      front: observable,
      boxes: computed,
    })
  }

  draw(change: Partial<Pick<StageView, 'template' | 'frame' | 'front'>>): void {
    runInAction(() => Object.assign(this, change))
  }

  /** A tap on the place at `slot`: true when it has changed places with the one in front. */
  swap(slot: Slot): boolean {
    if (!this.canSwap || this.boxes.size < 2) return false
    const [main] = this.slots
    this.draw({ front: slot === main ? null : slot })
    return true
  }

  get boxes(): ReadonlyMap<Slot, Box> {
    const { slots, template, clear: frame, front } = this
    return arrange({ slots, mixed: this.room.stage.mixed, template, frame, front })
  }

  get company(): Company {
    const boxes = [...this.boxes.values()]
    if (boxes.length < 2 && !this.slots.includes('rival')) return ''
    const small = boxes.filter((box) => !this.isWhole(box))
    const column = small.length < boxes.length && new Set(small.map(({ left }) => left)).size === 1
    return column && !isWide(this.frame) && !this.pager ? 'over' : 'beside'
  }

  /** Where lines fly in company; null while there is none. */
  get lane(): Lane | null {
    if (this.company === '') return null
    const boxes = [...this.boxes.values()].filter((box) => !this.isWhole(box))
    return laneOf(boxes, this.clear)
  }

  get pager(): Pager | null {
    const { pages, page, mixed } = this.room.stage
    if (pages < 2 || mixed) return null
    return { page, dots: Array.from({ length: pages }, (_, i) => i), style: pagerStyle(this.clear) }
  }

  /** What the pictures of company have. */
  private get clear(): Frame {
    const { pages, mixed } = this.room.stage
    return pages > 1 && !mixed ? pagedFrame(this.frame) : this.frame
  }

  get tiles(): DrawnTile[] {
    const { stage, phase } = this.room
    const coming = new Map(stage.tiles.map((tile) => [tile.key, tile]))
    const kept = this.order.filter((key) => coming.has(key))
    this.order = [...kept, ...[...coming.keys()].filter((key) => !kept.includes(key))]
    return this.order.flatMap((key) => {
      const tile = coming.get(key)
      return tile ? [this.drawn(tile, phase === 'on-air')] : []
    })
  }

  get places(): DrawnPlace[] {
    const { stage } = this.room
    const known = new Map(stage.places.map((place) => [place.slot, place]))
    return this.slots.flatMap((slot) => {
      const box = this.boxes.get(slot)
      return box ? [this.placed(slot, box, known.get(slot))] : []
    })
  }

  /** Who has a box: everybody on this page of the stage, or before the room is known whoever has a picture. */
  private get slots(): readonly Slot[] {
    const { shown, tiles } = this.room.stage
    return shown.length > 0 ? shown.map(({ slot }) => slot) : [...new Set(tiles.map(({ slot }) => slot))]
  }

  private get canSwap(): boolean {
    return this.template.swaps && !this.room.stage.mixed && !this.slots.includes('rival')
  }

  private drawn({ key, slot, leaving, media }: Tile, onAir: boolean): DrawnTile {
    const box = this.boxes.get(slot)
    const spinner = media.kind === 'picture' && !leaving && onAir && media.playback.spinner
    const small = box !== undefined && !this.isWhole(box)
    // Who is on another page is heard: his tag stays, behind the others, as small as a tag can be.
    const layer = box ? (small ? 2 : 1) + (leaving ? 2 : 0) : 0
    const style = box ? styleOf(box) : BEHIND
    return { key, kind: media.kind, style, layer, floating: small && this.canSwap, spinner }
  }

  private placed(slot: Slot, box: Box, place: Place | undefined): DrawnPlace {
    const media = this.room.stage.tiles.find((tile) => tile.slot === slot && !tile.leaving)?.media
    const camera = media?.kind === 'camera' ? media.publisher : null
    const whole = this.isWhole(box)
    return {
      slot,
      seat: place?.seat ?? 0,
      userId: place?.user.userId ?? '',
      name: place?.user.name ?? '',
      me: place?.me ?? camera !== null,
      state: place?.state ?? 'on',
      pictured: media !== undefined,
      micOff: (place?.micOff ?? false) || (camera?.muted ?? false),
      // One's own camera is known here first; a mixed picture shows the others, whoever is not seen.
      cameraOff: camera ? !camera.cameraOn : !this.room.stage.mixed && (place?.cameraOff ?? false),
      quality: media?.kind === 'picture' ? media.playback.quality : (camera?.quality ?? 'unknown'),
      whole,
      low: box.height < LOW || box.width < LOW,
      swaps: this.canSwap && !whole,
      style: styleOf(box),
    }
  }

  private isWhole({ width, height }: Box): boolean {
    return width === this.frame.width && height === this.frame.height
  }
}
