import { LIMITS } from '../../protocol/limits'
import type { PushMode } from '../../stores/media/handles'
import type { PictureWish } from '../../stores/rtc-room/call-picture'
import type { NewCall } from '../../stores/rtc-room/rtc-room'
import { type Given, levelOf, switchOf, textOf, wholeIn } from '../room/given'
import { oldNames, spoken } from './compat/properties'

/** The properties of the component as they are meant, whichever way the page has written them. */
export interface Settings {
  roomId: string
  ringId: string
  roomName: string
  /** The component draws its controls. */
  chrome: boolean
  pureAudio: boolean
  enableCamera: boolean
  muted: boolean
  picture: PictureWish
  /** 0 to 9; null: the user's own choice. */
  beauty: number | null
  whiteness: number | null
  orientation: 'vertical' | 'horizontal'
  debug: boolean
  /** The page speaks the API of 2018 or 2020: nothing begins before it calls `start()`. */
  old: boolean
}

const MODES: readonly unknown[] = ['SD', 'HD', 'FHD'] satisfies PushMode[]
const MOST_KBPS = 5000

/** Reads what the page has set. Whatever is not understood is as if it were not there. */
export function settingsOf(given: Given): Settings {
  const old = oldNames(given).length > 0
  const { quality, chrome } = given
  return {
    roomId: textOf(spoken(given, 'roomId')),
    ringId: textOf(given.ringId),
    roomName: textOf(spoken(given, 'roomName')),
    // Such a page has controls of its own.
    chrome: chrome === 'full' || (chrome !== 'none' && !old),
    pureAudio: switchOf(given.pureAudio),
    enableCamera: switchOf(given.enableCamera),
    muted: switchOf(given.muted),
    picture: {
      quality: MODES.includes(quality) ? (quality as PushMode) : null,
      aspect: given.aspect === '9:16' ? '9:16' : '3:4',
      minBitrate: wholeIn(given.minBitrate, 1, MOST_KBPS),
      maxBitrate: wholeIn(given.maxBitrate, 1, MOST_KBPS),
    },
    // In calls it went from 0 to 9 from the beginning.
    beauty: levelOf(given.beauty),
    whiteness: levelOf(given.whiteness),
    orientation: given.orientation === 'horizontal' ? 'horizontal' : 'vertical',
    debug: switchOf(given.debug),
    old,
  }
}

/** A new call as `form` says it, and else the properties of the page; `untitled` where nobody names it. */
export function newCallOf(given: Given, form: Partial<NewCall>, untitled: string): NewCall {
  const asked: Given = { ...given, ...form }
  const title = form.title ?? textOf(spoken(given, 'roomName'))
  const notice = textOf(asked.notice)
  const seats = wholeIn(asked.seats, LIMITS.callSeatsMin, LIMITS.callSeatsMax)
  return {
    title: title.trim() || untitled,
    ...(notice && { notice }),
    ...(seats !== null && { seats }),
    ...(switchOf(asked.record) && { record: true }),
    ...(switchOf(asked.endsWithOwner) && { endsWithOwner: true }),
    ...(form.ring && { ring: form.ring }),
  }
}
