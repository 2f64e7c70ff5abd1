import { formatDate } from '../../locales/date'
import { formatSince } from '../../locales/format'
import { type Locale, text } from '../../locales/index'
import { eventStageOf } from '../../stores/live-room/event/stage'
import type { RoomList } from '../../stores/session'
import { type Show, showOf } from './shows'

/** An official show as a card of the front page. */
export interface EventCard extends Show {
  badge: string
  when: string
}

/** `now` is the server's clock (ms). */
export function eventOf(summary: RoomList['rooms'][number], now: number, lang: Locale): EventCard {
  const { room } = summary
  const show = showOf(summary, now)
  const stage = eventStageOf(room)
  if (stage === 'before') {
    const when = room.opensAt === null ? text(lang, 'event.unannounced') : formatDate(lang, room.opensAt)
    return { ...show, badge: text(lang, 'event.badge.upcoming'), when }
  }
  if (stage === 'during') {
    return { ...show, badge: text(lang, 'event.badge.live'), when: formatSince(lang, show.sinceMs) }
  }
  const at = room.startedAt ?? room.opensAt ?? room.createdAt
  return { ...show, badge: text(lang, 'event.badge.ended'), when: formatDate(lang, at) }
}
