import { makeAutoObservable } from 'mobx-miniprogram'

/** Values of the tag's `filter`, as its documentation spells them. */
export const FILTERS = [
  'standard',
  'pink',
  'nostalgia',
  'blues',
  'romantic',
  'cool',
  'fresher',
  'solor',
  'aestheticism',
  'whitening',
  'cerisered',
] as const
export type Filter = (typeof FILTERS)[number]

/** Values of `beauty-style`: an even skin, or one with its details. */
export const STYLES = ['smooth', 'nature'] as const
export type BeautyStyle = (typeof STYLES)[number]

/** Values of `audio-reverb-type`: none, karaoke, small room, hall, deep, sonorous, metallic, magnetic. */
export const REVERBS = [0, 1, 2, 3, 4, 5, 6, 7] as const
export type Reverb = (typeof REVERBS)[number]

/** How picture and voice are dressed, by attributes of the tag alone; a client that does not know one ignores it. */
export class Looks {
  style: BeautyStyle = 'smooth'
  filter: Filter = 'standard'
  /** One's own picture as in a mirror (`local-mirror`); the front camera of phones is one until this is turned off. */
  selfMirrored = true
  /** The picture of the others as in a mirror (`remote-mirror`). */
  othersMirrored = false
  reverb: Reverb = 0

  constructor() {
    makeAutoObservable(this)
  }

  setStyle(style: BeautyStyle): void {
    this.style = style
  }
  setFilter(filter: Filter): void {
    this.filter = filter
  }
  setSelfMirrored(on: boolean): void {
    this.selfMirrored = on
  }
  setOthersMirrored(on: boolean): void {
    this.othersMirrored = on
  }
  setReverb(reverb: Reverb): void {
    this.reverb = reverb
  }
}
