import { type Key, type Locale, text } from '../../locales/index'
import type { Room } from '../../stores/room/room'
import { wordsOfCode } from '../shared/code-words'
import { type MainMedia, mainMediaOf } from '../shared/main-media'

/** One line of the panel. */
export interface Row {
  name: string
  value: string
}

/** Codes that are listed; more are a matter for a log. */
const MAX_CODES = 8

/** Figures of a tag by the names that WeChat gives them. What a platform leaves out is not listed. */
const FIGURES: readonly [key: Key, unit: string, field: string][] = [
  ['stats.video', ' kbps', 'videoBitrate'],
  ['stats.audio', ' kbps', 'audioBitrate'],
  ['stats.fps', ' fps', 'videoFPS'],
  ['stats.rtt', ' ms', 'netRtt'],
  ['stats.jitter', ' ms', 'netJitter'],
  ['stats.cache', ' ms', 'videoCache'],
]

const figure = (value: unknown): number | null => {
  const number = Number(value)
  return value !== undefined && value !== null && Number.isFinite(number) ? Math.round(number) : null
}

function mediaRows(lang: Locale, plain: (key: Key) => string, { kind, media }: MainMedia): Row[] {
  const info = (media.net.latest ?? {}) as Record<string, unknown>
  const rows = FIGURES.flatMap(([key, unit, field]) => {
    const value = figure(info[field])
    return value === null ? [] : [{ name: plain(key), value: `${value}${unit}` }]
  })
  const [width, height] = [figure(info.videoWidth), figure(info.videoHeight)]
  if (width && height) rows.push({ name: plain('stats.size'), value: `${width}×${height}` })
  rows.push({ name: plain('stats.media'), value: `${kind} ${media.state}` })
  const codes = [...media.codes.counts].slice(-MAX_CODES)
  return [
    ...rows,
    ...codes.map(([code, count]) => ({
      name: `${code}`,
      value: `${wordsOfCode(lang, kind, code)}${count > 1 ? ` ×${count}` : ''}`,
    })),
  ]
}

/** Everything that helps to understand this phone, now. */
export function rowsOf(lang: Locale, room: Room): Row[] {
  const plain = (key: Key) => (text as (lang: Locale, key: Key) => string)(lang, key)
  const main = mainMediaOf(room)
  return [
    { name: plain('stats.phase'), value: room.phase },
    { name: plain('stats.room'), value: room.room?.roomId ?? '-' },
    { name: plain('stats.version'), value: `${room.room?.version ?? '-'}` },
    { name: plain('stats.chat'), value: plain(room.chat.online ? 'stats.chat.on' : 'stats.chat.off') },
    ...(main ? mediaRows(lang, plain, main) : [{ name: plain('stats.media'), value: plain('stats.none') }]),
  ]
}
