import { type Face, faceOf, nameOf } from '../../components/shared/person'
import { formatDate } from '../../locales/date'
import { formatDuration } from '../../locales/format'
import { type Locale, text } from '../../locales/index'
import type { MissedCall, QueueView, RingView } from '../../stores/ring/types'

/** A missed call as the list shows it. */
export interface MissedRow {
  readonly id: string
  readonly face: Face
  readonly about: string
  readonly note: string
  readonly when: string
  readonly back: string
}

/** Somebody who waits in a queue. */
export interface WaitingRow {
  readonly id: string
  readonly face: Face
  readonly note: string
  readonly waited: string
  readonly label: string
}

/** A queue whose agent this person is. */
export interface DeskRow {
  readonly queue: string
  readonly title: string
  readonly ready: boolean
  readonly busy: boolean
  readonly label: string
  readonly agents: string
  readonly waiting: readonly WaitingRow[]
  readonly summary: string
}

export function missedRow(call: MissedCall, lang: Locale): MissedRow {
  const why = text(lang, `calls.why.${call.why}` as const)
  return {
    id: call.ringId,
    face: faceOf(lang, call.from),
    about: 'queue' in call.to ? `${text(lang, 'calls.toDesk')} · ${why}` : why,
    note: call.note,
    when: formatDate(lang, call.at),
    back: text(lang, 'calls.back', { name: nameOf(lang, call.from) }),
  }
}

function waitingRow(ring: RingView, now: number, lang: Locale): WaitingRow {
  const time = formatDuration(now - ring.askedAt)
  return {
    id: ring.ringId,
    face: faceOf(lang, ring.from),
    note: ring.note,
    waited: text(lang, 'agent.waited', { time }),
    label: text(lang, 'agent.takeLabel', { name: nameOf(lang, ring.from), time }),
  }
}

export function deskRow(view: QueueView, busy: readonly string[], now: number, lang: Locale): DeskRow {
  const { queue, ready, waiting } = view
  const title = view.title || (queue === 'desk' ? text(lang, 'ring.desk') : queue)
  return {
    queue,
    title,
    ready,
    busy: busy.includes(queue),
    label: text(lang, 'agent.toggle', { queue: title }),
    agents: text(lang, 'agent.agents', { n: view.agents }),
    waiting: waiting.map((ring) => waitingRow(ring, now, lang)),
    summary: waiting.length === 0 ? text(lang, 'agent.nobody') : text(lang, 'agent.waiting', { n: waiting.length }),
  }
}
