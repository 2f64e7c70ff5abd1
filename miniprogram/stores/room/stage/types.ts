import type { User } from '../../../protocol/room'
import type { Playback } from '../../media/playback'
import type { Publisher } from '../../media/publisher'

/** Where somebody is drawn: the anchor, a seat, or the other show of a PK. Stable for as long as he is there. */
export type Slot = 'anchor' | `seat-${number}` | 'rival'

/** Somebody on stage, as the chrome around his picture names him. */
export interface Place {
  readonly slot: Slot
  /** 0 for the anchor and the rival. */
  readonly seat: number
  readonly user: User
  readonly me: boolean
  /** `held`: given a seat, and not seen yet. */
  readonly state: 'held' | 'on'
  readonly micOff: boolean
  readonly cameraOff: boolean
  /** What the anchor has turned off; its holder cannot turn it on again. */
  readonly quieted: { readonly mic: boolean; readonly camera: boolean }
  /** In a call: since when (server time, ms) he asks to speak; null: he does not. */
  readonly handAt: number | null
  /** In a call: on hold, neither heard nor seen. */
  readonly away: boolean
}

/**
 * One native tag: one's own camera or somebody's picture. `key` is the same for as long as the native node must be the
 * same. While a picture is replaced by another (the mix begins, a viewer comes on stage), two tiles share a slot: the one
 * that is `leaving` is drawn on top until the other has a picture, so nothing is ever black.
 */
export interface Tile {
  readonly key: string
  readonly slot: Slot
  readonly leaving: boolean
  /** The camera, or what is played. */
  readonly media:
    | { readonly kind: 'camera'; readonly publisher: Publisher }
    | { readonly kind: 'picture'; readonly playback: Playback }
}

/**
 * Everybody who is drawn, and what draws them. Who watches has one tile (the mix, or the anchor) and, in a PK that is not
 * mixed, the rival's; who is on stage has a camera and a tile for every other one. Observable: `places`, `shown`, `tiles`,
 * `camera`, `mixed`, `pages`, `page`, `talking`, `speaker`.
 */
export interface Stage {
  /** In the order of a layout: the main person first, then by seat, the rival last; in a call oneself after all others. */
  readonly places: readonly Place[]
  /** Those of them who are drawn on this page: the anchor, the rival and oneself on every page, the others in turn. */
  readonly shown: readonly Place[]
  readonly tiles: readonly Tile[]
  /** One's own camera: an anchor's always, a viewer's from the moment a seat is held for him. */
  readonly camera: Publisher | null
  /** The one tile of those who watch shows everybody, so no other box is drawn over it. */
  readonly mixed: boolean
  /** Most pictures that this phone draws at once; people beyond it are on another page of the stage, and heard. */
  readonly limit: number
  /** Where more people are on stage than `limit`: how many pages they fill, and the one that is drawn (from 0). */
  readonly pages: number
  readonly page: number
  turn(page: number): void
  /** Who talks, oneself too; nobody while one picture shows everybody. */
  readonly talking: readonly Slot[]
  /** Which of the others has been talking, for long enough and last; null before anybody has. */
  readonly speaker: Slot | null
  /** Sound of everything that is played here. */
  setMuted(muted: boolean): void
}
