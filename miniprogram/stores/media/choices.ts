import { reaction } from 'mobx-miniprogram'
import type { KeyValueStorage } from '../../services/device/port'
import type { Scope } from '../scope'
import type { PushMode } from './handles'
import { type BeautyStyle, FILTERS, type Filter, STYLES } from './looks'
import type { Publisher } from './publisher'

const KEY = 'live-picture'
/** A slider says many values; what is kept is the one where it rests. */
const REST_MS = 500
const MODES: readonly unknown[] = ['SD', 'HD', 'FHD'] satisfies PushMode[]

/** What the user has chosen for himself, for the next show, too. Not what would surprise him: a microphone that is off, a torch. */
interface Choices {
  beauty: number
  whiteness: number
  mode: PushMode
  style: BeautyStyle
  filter: Filter
  selfMirrored: boolean
  othersMirrored: boolean
  volume: number
}

const isLevel = (value: unknown, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most

/** What is stored comes from this app, perhaps from another version of it. */
function isChoices(value: unknown): value is Choices {
  const c = (value ?? {}) as Record<keyof Choices, unknown>
  return (
    isLevel(c.beauty, 9) &&
    isLevel(c.whiteness, 9) &&
    isLevel(c.volume, 100) &&
    MODES.includes(c.mode) &&
    STYLES.includes(c.style as BeautyStyle) &&
    FILTERS.includes(c.filter as Filter) &&
    typeof c.selfMirrored === 'boolean' &&
    typeof c.othersMirrored === 'boolean'
  )
}

const choicesOf = ({ beauty, whiteness, chosenMode, looks, music }: Publisher): Choices => ({
  beauty,
  whiteness,
  mode: chosenMode,
  style: looks.style,
  filter: looks.filter,
  selfMirrored: looks.selfMirrored,
  othersMirrored: looks.othersMirrored,
  volume: music.volume,
})

/** Begins with what the user chose last, and keeps what he chooses now. */
export function keepChoices(publisher: Publisher, storage: KeyValueStorage, scope: Scope): void {
  const last = storage.get(KEY, isChoices)
  if (last) {
    publisher.setBeauty(last.beauty)
    publisher.setWhiteness(last.whiteness)
    publisher.setMode(last.mode)
    publisher.looks.setStyle(last.style)
    publisher.looks.setFilter(last.filter)
    publisher.looks.setSelfMirrored(last.selfMirrored)
    publisher.looks.setOthersMirrored(last.othersMirrored)
    publisher.music.setVolume(last.volume)
  }
  let resting = () => {}
  let unkept: Choices | null = null
  const keep = () => {
    if (unkept) storage.set(KEY, unkept)
    unkept = null
  }
  const stop = reaction(
    () => JSON.stringify(choicesOf(publisher)),
    () => {
      unkept = choicesOf(publisher)
      resting()
      resting = scope.after(REST_MS, keep)
    },
  )
  scope.onEnd(() => {
    stop()
    keep()
  })
}
