import { computed, makeObservable, observable, runInAction } from 'mobx-miniprogram'
import { qualityOf } from '../../stores/media/net-health'
import type { Place, Slot, Stage, Tile } from '../../stores/room/stage/types'
import type { Phase } from '../../stores/room/status'
import { arrange, styleOf } from './arrange'
import type { Company, DrawnPlace, DrawnTile, HeldPicture, Pager } from './drawn'
import { type Lane, laneOf } from './lane'
import { FIRST_SPOT, moved, type Spot, spotOf } from './layouts/corner'
import { areaOf, type Box, type Frame, isWide } from './layouts/frame'
import { forSoMany, type Template } from './layouts/index'
import { pagedFrame, pagerStyle } from './paging'

/** px */
const LOW = 100
const BEHIND = styleOf({ left: 0, top: 0, width: 1, height: 1 })

/** What a stage is a part of: a live room or a call. */
interface Staged {
  readonly stage: Stage
  readonly phase: Phase
}

/** How a stage is to be drawn. */
interface Look {
  readonly template: Template
  readonly frame: Frame
  /** Nobody is the anchor: everybody sits on a seat. */
  readonly call: boolean
}

/** What one phone shows of a stage: which box each tag and each place has. */
export class StageView {
  call: boolean
  template: Template
  frame: Frame
  /** Whom a tap has brought to the front of a template that swaps. */
  front: Slot | null = null
  /** Where the small picture of two is put. */
  spot: Spot = FIRST_SPOT
  /** The picture under a finger, for as long as it moves. */
  held: HeldPicture | null = null
  /** Where that picture was when the finger came. */
  private grabbed: { readonly slot: Slot; readonly from: Box; at: Box } | null = null
  /** Keys of the tiles in the order in which they came. A node that moves among its siblings is made anew (P53). */
  private order: readonly string[] = []

  constructor(
    private readonly room: Staged,
    { template, frame, call }: Look,
  ) {
    this.template = template
    this.frame = frame
    this.call = call
    makeObservable<StageView, 'way'>(this, {
      template: observable.ref,
      frame: observable.ref,
      call: observable,
      front: observable,
      spot: observable.ref,
      held: observable.ref,
      way: computed,
      boxes: computed,
    })
  }

  draw(change: Partial<Look & Pick<StageView, 'front' | 'spot' | 'held'>>): void {
    runInAction(() => Object.assign(this, change))
  }

  /** A tap on the place at `slot`: true when it has changed places with the one in front. */
  swap(slot: Slot): boolean {
    if (!this.canSwap || this.boxes.size < 2) return false
    const [main] = this.slots
    this.draw({ front: slot === main ? null : slot })
    return true
  }

  /** A finger comes down on the place at `slot`: true when it can move the picture there. */
  grab(slot: Slot): boolean {
    const from = this.canMove(slot) ? this.boxes.get(slot) : undefined
    this.grabbed = from ? { slot, from, at: from } : null
    // a finger whose end was never told
    if (this.held) this.draw({ held: null })
    return from !== undefined
  }

  /** The finger has gone so far (px) from where it came down. */
  pull(right: number, down: number): void {
    const { grabbed, clear } = this
    if (!grabbed) return
    grabbed.at = moved(clear, grabbed.from, right, down)
    this.draw({ held: { slot: grabbed.slot, style: styleOf(grabbed.at) } })
  }

  /** The finger is gone: the picture goes to the nearest spot. */
  drop(): void {
    const { grabbed, held, clear } = this
    this.grabbed = null
    if (grabbed && held) this.draw({ spot: spotOf(clear, grabbed.at), held: null })
  }

  get boxes(): ReadonlyMap<Slot, Box> {
    const { slots, way: template, clear: frame, spot } = this
    const { mixed, speaker } = this.room.stage
    const front = template.follows ? speaker : template.swaps ? this.front : null
    return arrange({ slots, mixed, template, frame, front, spot })
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

  /** The template, as it draws so many people. */
  private get way(): Template {
    return forSoMany(this.template, this.slots.length)
  }

  private get canSwap(): boolean {
    return this.way.swaps && !this.isOne
  }

  /** One drawing whatever the template is called. */
  private get isOne(): boolean {
    return this.room.stage.mixed || this.slots.includes('rival')
  }

  private canMove(slot: Slot): boolean {
    const box = this.boxes.get(slot)
    return this.way.drags === true && !this.isOne && box !== undefined && !this.isWhole(box)
  }

  private isRound(box: Box): boolean {
    return !this.isWhole(box) && (this.canSwap || (this.way.apart === true && !this.isOne))
  }

  /** The name on a whole picture of a call stands over the controls, and beside the small picture. */
  private footOf(box: Box): string {
    if (!this.call || !this.isWhole(box)) return ''
    const { left, top, width, height } = areaOf(this.clear)
    const { side, down } = this.spot
    const end = this.way.drags && side === 'left' && down > 0.5 ? 'justify-content:flex-end' : ''
    return `left:${left}px;right:${box.width - left - width}px;bottom:${box.height - top - height}px;${end}`
  }

  private drawn({ key, slot, leaving, media }: Tile, onAir: boolean): DrawnTile {
    const box = this.boxes.get(slot)
    const spinner = media.kind === 'picture' && !leaving && onAir && media.playback.spinner
    const small = box !== undefined && !this.isWhole(box)
    // Who is on another page is heard: his tag stays, behind the others, as small as a tag can be.
    const layer = box ? (small ? 2 : 1) + (leaving ? 2 : 0) : 0
    const style = box ? styleOf(box) : BEHIND
    return { key, slot, kind: media.kind, style, layer, floating: box !== undefined && this.isRound(box), spinner }
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
      quality: media ? qualityOf(media.kind === 'camera' ? media.publisher : media.playback) : 'unknown',
      hand: (place?.handAt ?? null) !== null,
      away: place?.away ?? false,
      call: this.call,
      whole,
      low: box.height < LOW || box.width < LOW,
      swaps: this.canSwap && !whole,
      moves: this.canMove(slot),
      floating: this.isRound(box),
      foot: this.footOf(box),
      style: styleOf(box),
    }
  }

  private isWhole({ width, height }: Box): boolean {
    return width === this.frame.width && height === this.frame.height
  }
}
