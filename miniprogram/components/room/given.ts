import { isOn } from '../live-room/reading'

/** Whatever a page has set, by any name. */
export type Given = Readonly<Record<string, unknown>>

export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? `${value}` : ''

export const switchOf = (value: unknown): boolean =>
  (typeof value === 'boolean' || typeof value === 'string') && isOn(value)

/** A whole number within bounds, or null. */
export const wholeIn = (value: unknown, least: number, most: number): number | null => {
  const n = Math.floor(Number(value))
  return n >= least && n <= most ? n : null
}

/** What a page says about one property: by our own name, else by the first older one that is set. */
export function spokenBy(aliases: Readonly<Record<string, string>>, given: Given, name: string): unknown {
  const own = given[name]
  if (own !== '' && own !== false && own !== null && own !== undefined) return own
  const older = Object.keys(aliases)
    .filter((alias) => aliases[alias] === name)
    .map((alias) => given[alias])
  return older.find((value) => value !== null && value !== undefined && value !== '') ?? own
}

/** The older names that this page uses. */
export const aliasesIn = (aliases: Readonly<Record<string, string>>, given: Given): string[] =>
  Object.keys(aliases).filter((name) => given[name] !== null && given[name] !== undefined)

/** Beauty and whiteness of a show went from 0 to 5, and 5 was full; ours, and the platform's, go to 9. */
const OLD_FULL = 5
const FULL = 9

/**
 * A level of 0 to 9, or null where the page says nothing. `old`: the page speaks the older API of shows, so a value up to 5
 * means fifths; a larger one cannot, and is taken as it is.
 */
export function levelOf(value: unknown, old = false): number | null {
  const level = typeof value === 'boolean' ? Number.NaN : Number(value)
  if (!Number.isFinite(level) || level < 0 || value === '' || value === null) return null
  return Math.min(Math.round(old && level <= OLD_FULL ? (level * FULL) / OLD_FULL : level), FULL)
}
