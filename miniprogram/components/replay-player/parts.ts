import { formatDuration } from '../../locales/format'
import { type Locale, text } from '../../locales/index'
import type { Replays } from '../../stores/live-room/replays'

/** One file of a show, as the player names it. */
export interface ReplayPart {
  id: string
  url: string
  name: string
  label: string
  chosen: string
}

export type Recorded = Replays['parts'][number]

/** Files in the order of the show. */
export const partsOf = (recordings: readonly Recorded[], lang: Locale): ReplayPart[] =>
  recordings.map(({ recordingId, url, durationMs }, index) => {
    const words = { n: index + 1, time: formatDuration(durationMs) }
    return {
      id: recordingId,
      url,
      name: text(lang, 'replay.part', words),
      label: text(lang, 'replay.partLabel', words),
      chosen: text(lang, 'replay.partChosen', words),
    }
  })
