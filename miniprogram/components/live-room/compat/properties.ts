import type { Settings } from '../settings'
import { PROPERTIES, ROLES } from './table'

type Alias = keyof typeof PROPERTIES

/** Null: the page says nothing, not even that it is empty. */
const unset = { type: null, value: null } as const

/** The older names as properties of the component, so that a page may set them. */
export const oldProps: Readonly<Record<Alias, { type: null; value: null }>> = {
  roomID: unset,
  roomid: unset,
  roomInfo: unset,
  roomname: unset,
  pureaudio: unset,
}

/** Whatever a page has set, by any name. */
export type Given = Readonly<Record<string, unknown>>

const ALIASES = Object.keys(PROPERTIES) as Alias[]
const OLD_ROLES: readonly string[] = Object.keys(ROLES)

/** Older names that this page uses, those of `role`'s values included. */
export function oldNames(given: Given): string[] {
  const names: string[] = ALIASES.filter((name) => given[name] !== null && given[name] !== undefined)
  const { role } = given
  return typeof role === 'string' && OLD_ROLES.includes(role) ? [...names, `role="${role}"`] : names
}

/** What a page says about one property: by our own name, else by the first older one that is set. */
export function spoken(given: Given, name: keyof Settings): unknown {
  const own = given[name]
  if (own !== '' && own !== false && own !== null && own !== undefined) return own
  const older = ALIASES.filter((alias) => PROPERTIES[alias] === name).map((alias) => given[alias])
  return older.find((value) => value !== null && value !== undefined && value !== '') ?? own
}

/** Beauty and whiteness went from 0 to 5, and 5 was full; ours, and the platform's, go to 9. */
const OLD_FULL = 5
const FULL = 9

/**
 * A level of 0 to 9, or null where the page says nothing. `old`: the page speaks the older API, so a value up to 5 means
 * fifths; a larger one cannot, and is taken as it is.
 */
export function levelOf(value: unknown, old: boolean): number | null {
  const level = typeof value === 'boolean' ? Number.NaN : Number(value)
  if (!Number.isFinite(level) || level < 0 || value === '' || value === null) return null
  return Math.min(Math.round(old && level <= OLD_FULL ? (level * FULL) / OLD_FULL : level), FULL)
}
