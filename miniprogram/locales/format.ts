import { type Locale, text } from './index'

/** One decimal at most, never rounded up into the next unit (9999 stays below 1万). */
const short = (value: number): string => String(Math.floor(value * 10) / 10)

/** A count as people write it: 12345 is `1.2万` in Chinese and `12.3k` in English. */
export function formatCount(locale: Locale, count: number): string {
  const n = Math.max(0, Math.floor(count))
  if (locale === 'zh-CN') {
    if (n >= 1e8) return `${short(n / 1e8)}亿`
    return n >= 1e4 ? `${short(n / 1e4)}万` : String(n)
  }
  if (n >= 1e6) return `${short(n / 1e6)}M`
  return n >= 1e3 ? `${short(n / 1e3)}k` : String(n)
}

const two = (n: number): string => String(n).padStart(2, '0')

/** A duration (ms) as a clock shows it: `03:07`, `1:02:03`. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const h = Math.floor(seconds / 3600)
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`
  return h > 0 ? `${h}:${rest}` : rest
}

/** How long ago a show began. `elapsedMs` is measured on the server's clock. */
export function formatSince(locale: Locale, elapsedMs: number): string {
  const minutes = Math.floor(elapsedMs / 60_000)
  if (minutes < 1) return text(locale, 'since.now')
  if (minutes < 60) return text(locale, 'since.minutes', { n: minutes })
  const hours = Math.floor(minutes / 60)
  return hours < 24
    ? text(locale, 'since.hours', { n: hours })
    : text(locale, 'since.days', { n: Math.floor(hours / 24) })
}

/** The letter that stands for a person or a show without a picture. */
export const initialOf = (name: string): string => (Array.from(name.trim())[0] ?? '·').toUpperCase()
