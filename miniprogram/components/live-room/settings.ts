import { COVERS, LIMITS } from '../../protocol/limits'
import type { NewRoom, Role } from '../../stores/live-room/live-room'
import type { PushMode } from '../../stores/media/handles'
import { type Given, levelOf, switchOf, textOf, wholeIn } from '../room/given'
import { oldNames, spoken } from './compat/properties'
import { roleOf, warnOnce } from './reading'

/** The properties of the component as they are meant, whichever way the page has written them. */
export interface Settings {
  role: Role
  roomId: string
  roomName: string
  /** The component draws its controls. */
  chrome: boolean
  pureAudio: boolean
  /** 0 to 9; null: the user's own choice. */
  beauty: number | null
  whiteness: number | null
  muted: boolean
  /** Null: the default. */
  quality: PushMode | null
  orientation: 'vertical' | 'horizontal'
  debug: boolean
  /** The page speaks the API of 2018 or 2020: nothing begins before it calls `start()`. */
  old: boolean
}

const MODES: readonly unknown[] = ['SD', 'HD', 'FHD'] satisfies PushMode[]

/** Reads what the page has set. Whatever is not understood is as if it were not there. */
export function settingsOf(given: Given): Settings {
  const names = oldNames(given)
  for (const name of names) warnOnce(`${name} is a name of the older API (docs/live-room.md)`)
  const old = names.length > 0
  const { quality, chrome } = given
  return {
    role: roleOf(textOf(given.role)),
    roomId: textOf(spoken(given, 'roomId')),
    roomName: textOf(spoken(given, 'roomName')),
    // Such a page has controls of its own.
    chrome: chrome === 'full' || (chrome !== 'none' && !old),
    pureAudio: switchOf(spoken(given, 'pureAudio')),
    beauty: levelOf(given.beauty, old),
    whiteness: levelOf(given.whiteness, old),
    muted: switchOf(given.muted),
    quality: MODES.includes(quality) ? (quality as PushMode) : null,
    orientation: given.orientation === 'horizontal' ? 'horizontal' : 'vertical',
    debug: switchOf(given.debug),
    old,
  }
}

/** A new room as `form` says it, and else the properties of the page; `untitled` where nobody names it. */
export function newRoomOf(given: Given, form: Partial<NewRoom>, untitled: string): NewRoom {
  const asked: Given = { ...given, ...form }
  const title = form.title ?? textOf(spoken(given, 'roomName'))
  const notice = textOf(asked.notice)
  const tags = Array.isArray(asked.tags) ? asked.tags.filter((tag): tag is string => typeof tag === 'string') : []
  const seats = wholeIn(asked.seats, 0, LIMITS.liveSeatsMax)
  const lowLatency = wholeIn(asked.lowLatency, 1, LIMITS.lowLatencyMax)
  return {
    title: title.trim() || untitled,
    cover: COVERS.find((cover) => cover === asked.cover) ?? COVERS[0],
    ...(notice && { notice }),
    ...(tags.length > 0 && { tags }),
    ...(seats !== null && { seats }),
    ...(lowLatency !== null && { lowLatency }),
    ...(switchOf(asked.record) && { record: true }),
  }
}
