import { computed, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import type { LiveRoom } from '../../stores/live-room/live-room'
import type { Place, Slot, Tile } from '../../stores/live-room/stage/types'
import type { Quality } from '../../stores/media/handles'
import { arrange, styleOf } from './arrange'
import type { Box, Frame } from './layouts/frame'
import type { Template } from './layouts/index'

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
  /** A tap brings it to the front. */
  readonly swaps: boolean
  readonly style: string
}

/** A place with its words for those who do not see it. */
export interface LabelledPlace extends DrawnPlace {
  readonly label: string
}

/** Nobody is beside the main person; others are over his picture, or all are side by side. */
export type Company = '' | 'over' | 'beside'

/** What one phone shows of a stage: which box each tag and each place has. */
export class StageView {
  template: Template
  frame: Frame
  /** Whom a tap has brought to the front of a template that swaps. */
  front: Slot | null = null
  /** Keys of the tiles in the order in which they came. A node that moves among its siblings is made anew (P53). */
  private order: readonly string[] = []

  constructor(
    private readonly room: LiveRoom,
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
    const { slots, template, frame, front } = this
    return arrange({ slots, mixed: this.room.stage.mixed, template, frame, front })
  }

  get company(): Company {
    const boxes = [...this.boxes.values()]
    if (boxes.length < 2 && !this.slots.includes('rival')) return ''
    return boxes.some((box) => this.isWhole(box)) ? 'over' : 'beside'
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

  /** Who has a box: everybody on stage, or before the room is known whoever has a picture. */
  private get slots(): readonly Slot[] {
    const { places, tiles } = this.room.stage
    return places.length > 0 ? places.map(({ slot }) => slot) : [...new Set(tiles.map(({ slot }) => slot))]
  }

  private get canSwap(): boolean {
    return this.template.swaps && !this.room.stage.mixed && !this.slots.includes('rival')
  }

  private drawn({ key, slot, leaving, media }: Tile, onAir: boolean): DrawnTile {
    const box = this.boxes.get(slot)
    const spinner = media.kind === 'picture' && !leaving && onAir && media.playback.spinner
    const small = box !== undefined && !this.isWhole(box)
    const layer = (small ? 2 : 1) + (leaving ? 2 : 0)
    const style = box ? styleOf(box) : 'display:none'
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
      swaps: this.canSwap && !whole,
      style: styleOf(box),
    }
  }

  private isWhole({ width, height }: Box): boolean {
    return width === this.frame.width && height === this.frame.height
  }
}
