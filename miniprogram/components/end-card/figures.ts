import { formatCount, formatDuration } from '../../locales/format'
import { type Key, type Locale, text } from '../../locales/index'

/** One number of the closing card. */
export interface Figure {
  id: string
  number: string
  unit: string
}

export interface Known {
  owner: boolean
  durationMs: number
  viewers: number
  peak: number
  likes: number
  guests: number
  lines: number
}

/** What everybody may know of a show, and what its anchor knows besides; what nobody has counted is left out. */
export function figuresOf(locale: Locale, known: Known): Figure[] {
  const plain = text as (locale: Locale, key: Key) => string
  const count = (id: 'viewers' | 'likes' | 'peak' | 'guests' | 'lines') => ({
    id,
    number: formatCount(locale, known[id]),
    unit: plain(locale, `end.${id}`),
  })
  const duration = { id: 'duration', number: formatDuration(known.durationMs), unit: plain(locale, 'end.duration') }
  const all = [duration, count('viewers'), count('likes')]
  if (!known.owner) return all
  return [...all, count('peak'), ...(['lines', 'guests'] as const).filter((id) => known[id] > 0).map(count)]
}
