import { formatDate } from '../../locales/date'
import { formatCount, formatDuration, initialOf } from '../../locales/format'
import { type Locale, text } from '../../locales/index'
import { eventStageOf } from '../../stores/live-room/event/stage'
import type { Room } from '../../stores/room/room'
import type { Sheet } from './paint'

type View = NonNullable<Room['room']>

/** Where a show stands, in a word or a date. */
export function stateOf(lang: Locale, room: View): string {
  if (room.kind === 'call' && room.state !== 'closed') return text(lang, 'call.ongoing')
  const stage = eventStageOf(room)
  if (stage === 'before')
    return room.opensAt === null ? text(lang, 'event.badge.upcoming') : formatDate(lang, room.opensAt)
  if (room.state === 'closed') return text(lang, 'event.badge.ended')
  return text(lang, 'event.badge.live')
}

/** The title of a share card: what is to be seen, in the words of the show's state. */
export function shareTitleOf(lang: Locale, { room, summary, owner }: Room, what: 'room' | 'result'): string {
  if (!room) return text(lang, 'app.name')
  const { title } = room
  const name = room.anchor.name || text(lang, 'person.unnamed')
  if (what === 'result' && summary && owner) {
    const [time, viewers] = [formatDuration(summary.durationMs), formatCount(lang, summary.totalViewers)]
    return text(lang, 'share.result', { title, time, viewers })
  }
  if (eventStageOf(room) === 'before') {
    if (room.opensAt === null) return text(lang, 'share.soon', { title })
    return text(lang, 'share.upcoming', { title, when: formatDate(lang, room.opensAt) })
  }
  if (room.kind === 'call') return text(lang, 'call.shareTitle', { name, title })
  return text(lang, room.state === 'closed' ? 'share.over' : 'room.shareTitle', { name, title })
}

/** The texts of a poster; its pictures are loaded by whoever draws it. */
export const sheetOf = (lang: Locale, room: View): Omit<Sheet, 'picture' | 'code' | 'codePicture'> => ({
  title: room.title,
  name: room.anchor.name || text(lang, 'person.unnamed'),
  state: stateOf(lang, room),
  live: room.state === 'live',
  initial: initialOf(room.title),
  cover: room.cover,
  hint: text(lang, 'share.scan'),
})
