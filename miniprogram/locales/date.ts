import { type Key, type Locale, text } from './index'

const two = (n: number): string => String(n).padStart(2, '0')

/** A moment (ms) in the time zone of the phone: `11月22日 周日 20:00`, `Sun, Nov 22, 20:00`. */
export function formatDate(locale: Locale, at: number): string {
  const date = new Date(at)
  const plain = text as (locale: Locale, key: Key) => string
  return text(locale, 'date.full', {
    month: plain(locale, `date.month.${date.getMonth() + 1}` as Key),
    day: date.getDate(),
    weekday: plain(locale, `date.day.${date.getDay()}` as Key),
    time: `${two(date.getHours())}:${two(date.getMinutes())}`,
  })
}
