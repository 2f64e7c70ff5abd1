import type { Quality } from '../../stores/media/handles'
import type { Slot } from '../../stores/room/stage/types'

/** One native tag in its box. */
export interface DrawnTile {
  readonly key: string
  readonly slot: Slot
  readonly kind: 'camera' | 'picture'
  readonly style: string
  /** What lies over what: the large picture, small ones, and those that are on their way out. */
  readonly layer: number
  /** Round corners: a small picture over the large one, or one that stands apart. */
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
  /** In a call: asks to speak; is on hold. */
  readonly hand: boolean
  readonly away: boolean
  readonly call: boolean
  /** This box is all of the stage. */
  readonly whole: boolean
  /** This box has no room for words beside a name. */
  readonly low: boolean
  /** A tap brings it to the front. */
  readonly swaps: boolean
  /** A finger moves it. */
  readonly moves: boolean
  /** Round corners, as its tile has. */
  readonly floating: boolean
  /** Where the name on a picture that has all of a call's stage is clear of everything else, as a style; '' elsewhere. */
  readonly foot: string
  readonly style: string
}

/** A picture under a finger, and where it is just now. */
export interface HeldPicture {
  readonly slot: Slot
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
