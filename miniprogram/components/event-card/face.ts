import { formatDate } from '../../locales/date'
import { formatCount } from '../../locales/format'
import { type Locale, text } from '../../locales/index'
import type { EventShow } from '../../stores/live-room/event/event-show'
import type { LiveRoom } from '../../stores/live-room/live-room'

/** What is left until the beginning, as four numbers; an empty label means that there is nothing to count. */
export interface Countdown {
  days: number
  hours: string
  minutes: string
  seconds: string
  label: string
}

export const NO_COUNTDOWN: Countdown = { days: 0, hours: '', minutes: '', seconds: '', label: '' }

const two = (n: number): string => String(n).padStart(2, '0')

/** `seconds` until the beginning. The label changes once a minute only, because it is read aloud. */
export function countdownOf(lang: Locale, seconds: number): Countdown {
  if (seconds <= 0) return NO_COUNTDOWN
  const days = Math.floor(seconds / 86_400)
  const hours = Math.floor((seconds % 86_400) / 3600)
  const minutes = Math.floor((seconds % 3600) / 60)
  return {
    days,
    hours: two(hours),
    minutes: two(minutes),
    seconds: two(seconds % 60),
    label: text(lang, 'event.countdown', { days, hours, minutes }),
  }
}

/** The button that asks for a reminder; an empty label means none. */
export interface ReminderButton {
  label: string
  set: boolean
  off: boolean
}

export function reminderOf(lang: Locale, event: EventShow, due: boolean): ReminderButton {
  const state = event.reminder
  if (state === 'unsupported' || due) return { label: '', set: false, off: true }
  const label = text(lang, state === 'none' ? 'event.remind' : `event.remind.${state}`)
  return { label, set: state === 'set', off: state === 'set' || state === 'asking' }
}

/** When it begins, in words. */
export function whenOf(lang: Locale, event: EventShow, due: boolean): string {
  if (event.opensAt === null) return text(lang, 'event.unannounced')
  return due ? text(lang, 'event.due') : formatDate(lang, event.opensAt)
}

export const waitingOf = (lang: Locale, room: LiveRoom): string =>
  text(lang, 'event.waiting', { n: formatCount(lang, room.counts.viewers) })
