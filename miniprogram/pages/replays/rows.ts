import type { Recorded } from '../../components/replay-player/parts'
import { formatDate } from '../../locales/date'
import { formatDuration, initialOf } from '../../locales/format'
import { type Locale, text } from '../../locales/index'

/** A recording as a row of the list draws it. */
export interface Row {
  id: string
  title: string
  name: string
  initial: string
  cover: string
  picture: string
  when: string
  time: string
  label: string
  /** This user was its anchor, and may delete it. */
  mine: boolean
  deleteLabel: string
  deleting: boolean
}

export function rowOf(recording: Recorded, lang: Locale, me: string, deleting: readonly string[]): Row {
  const { recordingId: id, title, anchor, cover, coverFile, startedAt, durationMs } = recording
  const name = anchor.name || text(lang, 'person.unnamed')
  const [when, time] = [formatDate(lang, startedAt), formatDuration(durationMs)]
  return {
    id,
    title,
    name,
    initial: initialOf(title),
    cover,
    picture: coverFile ?? '',
    when,
    time,
    label: text(lang, 'replay.card', { title, name, when, time }),
    mine: me !== '' && anchor.userId === me,
    deleteLabel: text(lang, 'replay.deleteLabel', { title }),
    deleting: deleting.includes(id),
  }
}
